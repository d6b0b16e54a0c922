import { AGENTS } from '../tables/agents.js';
import type { AgentHint } from './report.js';

/** What to ask for, in the words of the agent that runs the command where it is known. */
export function askForNetwork(hints: readonly AgentHint[]): string {
  const known = hints
    .map(({ agent }) => AGENTS.find((each) => each.agent === agent && each.way))
    .find(Boolean);
  const ask = known
    ? `Ask for network access (${known.agent}: ${known.way})`
    : 'Ask for network access for this command';
  return `${ask}, or run only tests that need none.`;
}
