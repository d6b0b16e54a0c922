import { isKeyShaped } from './key-shaped-names.js';

/** Header names that carry a secret although they are not key-shaped; compared in lower case. */
const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'cookie2',
  'set-cookie',
  'set-cookie2',
]);

/** Query parameters that carry a secret although their name alone says little: Google's `key`, Azure's and AWS' signatures, OAuth's `code`. */
const SECRET_PARAMETERS = new Set([
  'key',
  'auth',
  'code',
  'pass',
  'pwd',
  'sig',
  'signature',
  'x-amz-credential',
  'x-amz-signature',
  'x-goog-credential',
  'x-goog-signature',
]);

/** Answers which names carry secrets: the rule for key-shaped names, headers, parameters and the user's own names. */
export interface SecretNames {
  /** Whether a property, variable or header of this name holds a secret. */
  isSecret(name: string): boolean;
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
    isSecretParameter: (name) => SECRET_PARAMETERS.has(name.toLowerCase()) || isSecret(name),
  };
}
