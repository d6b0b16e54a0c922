import type { AgentHint } from './report.js';

interface AgentSign {
  readonly agent: string;
  /** Names, or beginnings of names that end in `*`. */
  readonly variables: readonly string[];
}

/** Variables that agents set for the commands they run, as their sources and documentation name them. */
const SIGNS: readonly AgentSign[] = [
  { agent: 'Codex', variables: ['CODEX_SANDBOX_NETWORK_DISABLED', 'CODEX_SANDBOX', 'CODEX_CI'] },
  { agent: 'Claude Code', variables: ['SANDBOX_RUNTIME', 'CLAUDECODE'] },
  { agent: 'Gemini CLI', variables: ['GEMINI_CLI'] },
  { agent: 'Cursor', variables: ['CURSOR_SANDBOX', 'CURSOR_AGENT'] },
  { agent: 'OpenCode', variables: ['OPENCODE'] },
  { agent: 'Copilot', variables: ['COPILOT_AGENT_*'] },
  { agent: 'an agent', variables: ['AI_AGENT'] },
];

/** The agents whose variables are set, the most telling variable of each. */
export function readHints(env: NodeJS.ProcessEnv): AgentHint[] {
  const names = Object.keys(env).filter((name) => env[name]);
  return SIGNS.flatMap(({ agent, variables }) => {
    const variable = variables
      .map((sign) => names.find((name) => matches(name, sign)))
      .find((name) => name !== undefined);
    return variable === undefined ? [] : [{ agent, variable }];
  });
}

function matches(name: string, sign: string): boolean {
  return sign.endsWith('*') ? name.startsWith(sign.slice(0, -1)) : name === sign;
}
