/** An agent that runs commands in a sandbox of its own. */
export interface Agent {
  readonly agent: string;
  /** Variables that it sets for its commands, as its source and documentation name them; a `*` ends a beginning. */
  readonly variables: readonly string[];
  /** How its user lets one command out. */
  readonly way?: string;
}

/** The agents, the most telling variable of each first. */
export const AGENTS: readonly Agent[] = [
  {
    agent: 'Codex',
    variables: ['CODEX_SANDBOX_NETWORK_DISABLED', 'CODEX_SANDBOX', 'CODEX_CI'],
    way: 'approve the command, or set sandbox_workspace_write.network_access = true',
  },
  {
    agent: 'Claude Code',
    variables: ['SANDBOX_RUNTIME', 'CLAUDECODE'],
    way: 'approve the command outside the sandbox, or allow its hosts in sandbox.network',
  },
  {
    agent: 'Gemini CLI',
    variables: ['GEMINI_CLI'],
    way: 'choose a sandbox profile that is open to the network',
  },
  {
    agent: 'Cursor',
    variables: ['CURSOR_SANDBOX', 'CURSOR_AGENT'],
    way: 'approve the command outside the sandbox',
  },
  { agent: 'OpenCode', variables: ['OPENCODE'] },
  { agent: 'Copilot', variables: ['COPILOT_AGENT_*'] },
  { agent: 'an agent', variables: ['AI_AGENT'] },
];
