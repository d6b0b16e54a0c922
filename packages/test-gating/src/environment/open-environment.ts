import { pickSecrets } from '@drydock/redaction';
import type { Variables } from '@drydock/workspace';
import { checkEnvironment } from './check-environment.js';
import { loadEnvFiles, type VariableProvenance } from './dotenv.js';
import { type ScrubRule, scrubEnvironment } from './scrub.js';

/** Variables of a run's environment, with their origin. */
export interface RunEnvironment {
  readonly variables: readonly VariableProvenance[];
  /** Secret values by name, for redaction alone. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Prepares an environment for a run, once: for a networked one it loads the `.env` files of the folders and checks every
 * known variable, for an offline one, which has a scrub rule, it removes the variables. Returns the origin of each
 * variable and the values that must not be shown.
 *
 * @throws UsageError for a malformed variable, naming it and never its value.
 */
export function openEnvironment(
  folders: readonly string[],
  variables: Variables,
  scrub: ScrubRule | undefined,
  env: NodeJS.ProcessEnv = process.env,
): RunEnvironment {
  if (scrub) {
    const secrets = pickSecrets(env, scrub.names);
    scrubEnvironment(env, scrub);
    return { variables: [], secrets };
  }
  const names = Object.keys(variables);
  const override = env.DRYDOCK_ENV_OVERRIDE === '1';
  const provenance = loadEnvFiles({ dirs: [...new Set(folders)], env, names, override });
  checkEnvironment(env, variables);
  return { variables: provenance, secrets: pickSecrets(env, names) };
}
