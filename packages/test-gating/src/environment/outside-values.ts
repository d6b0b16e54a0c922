import { valuesOfEnvFiles } from './dotenv.js';
import { fingerprint } from './fingerprint.js';
import { compileScrubRule, type ScrubRule } from './scrub.js';

/**
 * Fingerprints of the values that a machine has configured for the variables of a rule: those set now, and those in the
 * `.env` files of the folders. A test that sets one of these uses the machine's configuration; another value is its own.
 */
export function outsideValues(env: NodeJS.ProcessEnv, folders: readonly string[], rule: ScrubRule): string[] {
  const isBlocked = compileScrubRule(rule);
  const values = [env, ...valuesOfEnvFiles(folders)].flatMap((variables) =>
    Object.entries(variables).flatMap(([name, value]) => (value && isBlocked(name) ? [value] : [])),
  );
  return [...new Set(values.map(fingerprint))];
}
