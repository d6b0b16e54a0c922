import { pickSecrets } from '@drydock/redaction';
import type { Variables } from '@drydock/workspace';
import type { NamedSecret } from '../redact/redaction-options.js';
import { checkEnvironment, type OnMalformed } from './check-environment.js';
import { loadEnvFiles, readEnvFiles, SECRET_FILES, type VariableProvenance } from './dotenv.js';
import { type ScrubRule, scrubEnvironment } from './scrub.js';

/** Variables of a run's environment, with their origin. */
export interface RunEnvironment {
  readonly variables: readonly VariableProvenance[];
  /** Secret values with their names, for redaction alone; a variable may have one value here and another in a file. */
  readonly secrets: readonly NamedSecret[];
}

/**
 * Prepares an environment for a run, once: for a networked one it loads the `.env` files of the folders and checks every
 * known variable, for an offline one, which has a scrub rule, it removes the variables. Returns the origin of each
 * variable and the values that must not be shown: in an offline run a test may still read them from a file.
 *
 * @param names Names of secrets that the project adds.
 * @param onMalformed Gets the malformed variables, which are thrown where it is absent.
 * @throws UsageError for a malformed variable or file, naming it and never its value.
 */
export function openEnvironment(
  folders: readonly string[],
  variables: Variables,
  scrub: ScrubRule | undefined,
  env: NodeJS.ProcessEnv = process.env,
  names: readonly string[] = [],
  onMalformed?: OnMalformed,
): RunEnvironment {
  const dirs = [...new Set(folders)];
  // A model's name or a number is not a secret.
  const secretNames = [
    ...Object.keys(variables).filter((name) => ['secret', 'url'].includes(variables[name]?.kind ?? '')),
    ...names,
  ];
  const inFiles = readEnvFiles(dirs, SECRET_FILES, scrub !== undefined).map(({ values }) => values);
  const secrets = [env, ...inFiles].flatMap((values) => Object.entries(pickSecrets(values, secretNames)));
  if (scrub) {
    scrubEnvironment(env, scrub);
    return { variables: [], secrets };
  }
  const override = env.DRYDOCK_ENV_OVERRIDE === '1';
  const provenance = loadEnvFiles({ dirs, env, names: Object.keys(variables), override });
  checkEnvironment(env, variables, onMalformed);
  return { variables: provenance, secrets };
}
