import { AGENTS } from '../tables/agents.js';
import type { AgentHint } from './report.js';

/** The agents whose variables are set, the most telling variable of each. */
export function readHints(env: NodeJS.ProcessEnv): AgentHint[] {
  const names = Object.keys(env).filter((name) => env[name]);
  return AGENTS.flatMap(({ agent, variables }) => {
    const variable = variables
      .map((sign) => names.find((name) => matches(name, sign)))
      .find((name) => name !== undefined);
    return variable === undefined ? [] : [{ agent, variable }];
  });
}

function matches(name: string, sign: string): boolean {
  return sign.endsWith('*') ? name.startsWith(sign.slice(0, -1)) : name === sign;
}
