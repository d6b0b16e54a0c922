import { createSecretNames } from './names/name-rules.js';
import { secretPartsOfUrl } from './text/url-secrets.js';

/**
 * Picks the variables that hold secrets out of an environment: those of the given names, those whose name is key-shaped, and URLs
 * with a login or a secret parameter. The result goes into `createRedactor` as `values`.
 */
export function pickSecrets(
  env: Readonly<Record<string, string | undefined>>,
  names: Iterable<string> = [],
): Record<string, string> {
  const secretNames = createSecretNames(names);
  const holdsSecret = (name: string, value: string) =>
    secretNames.isSecret(name) || (value.includes('://') && (secretPartsOfUrl(value)?.length ?? 0) > 0);
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && holdsSecret(entry[0], entry[1]),
    ),
  );
}
