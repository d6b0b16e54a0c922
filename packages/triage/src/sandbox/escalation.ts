import type { AgentHint } from './report.js';

/** How the user of an agent lets one command out of its sandbox. */
const WAYS: Readonly<Record<string, string>> = {
  Codex: 'Codex: approve the command, or set sandbox_workspace_write.network_access = true',
  'Claude Code':
    'Claude Code: approve the command outside the sandbox, or allow its hosts in sandbox.network',
  'Gemini CLI': 'Gemini CLI: choose a sandbox profile that is open to the network',
  Cursor: 'Cursor: approve the command outside the sandbox',
};

/** What to ask for, in the words of the agent that runs the command where it is known. */
export function askForNetwork(hints: readonly AgentHint[]): string {
  const way = hints.map(({ agent }) => WAYS[agent]).find((words) => words !== undefined);
  const ask =
    way === undefined ? 'Ask for network access for this command' : `Ask for network access (${way})`;
  return `${ask}, or run what needs none: npm test.`;
}
