import { pickSecrets } from '@drydock/redaction';
import type { Session } from '../vitest/session.js';
import { loadEnvFiles, parseEnvironment, scrubEnvironment, type VariableProvenance } from './index.js';

/** What a run's environment held, told without any value but to the redactor. */
export interface RunEnvironment {
  readonly variables: readonly VariableProvenance[];
  /** Secret values by name, for redaction alone. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Prepares `process.env` for a run, once: a networked one loads the `.env` files and checks every known variable, an
 * offline one takes all of them away. Returns where each variable came
 * from and what must not be shown.
 *
 * @throws UsageError for a malformed variable, naming it and never its value.
 */
export function openEnvironment(
  session: Pick<Session, 'project' | 'variables'> & { readonly policy: Pick<Session['policy'], 'scrub'> },
  env: NodeJS.ProcessEnv = process.env,
): RunEnvironment {
  const { policy, project, variables } = session;
  if (policy.scrub) {
    const secrets = pickSecrets(env, policy.scrub.names);
    scrubEnvironment(env, policy.scrub);
    return { variables: [], secrets };
  }
  const dirs = [...new Set([project.workspaceRoot, project.root])];
  const names = Object.keys(variables);
  const override = env.DRYDOCK_ENV_OVERRIDE === '1';
  const provenance = loadEnvFiles({ dirs, env, names, override });
  parseEnvironment(env, variables);
  return { variables: provenance, secrets: pickSecrets(env, names) };
}
