import { SECRET_HEADERS, SECRET_PARAMETERS, WEAK_NAMES } from '../shapes/secret-words.js';
import { isKeyShaped } from './key-shaped-names.js';

/** Answers which names carry secrets: the rule for key-shaped names, headers, parameters and the user's own names. */
export interface SecretNames {
  /** Whether a property, variable or header of this name holds a secret. */
  isSecret(name: string): boolean;
  /** Whether a name is one under which a secret may stand, and something else too: `pass`, `auth`. */
  mayBeSecret(name: string): boolean;
  /** Whether a query parameter of this name holds a secret. */
  isSecretParameter(name: string): boolean;
  /** Whether the name is a header whose whole value, spaces and all, is secret. */
  isSecretHeader(name: string): boolean;
}

/** Builds the question-answerer from further names, compared without regard to case. */
export function createSecretNames(names: Iterable<string> = []): SecretNames {
  const further = new Set(Array.from(names, (name) => name.toLowerCase()));
  const isSecretHeader = (name: string) => SECRET_HEADERS.has(name.toLowerCase());
  const isSecret = (name: string) =>
    isSecretHeader(name) || further.has(name.toLowerCase()) || isKeyShaped(name);
  return {
    isSecret,
    isSecretHeader,
    mayBeSecret: (name) => WEAK_NAMES.has(name.toLowerCase()),
    isSecretParameter: (name) => SECRET_PARAMETERS.has(name.toLowerCase()) || isSecret(name),
  };
}
