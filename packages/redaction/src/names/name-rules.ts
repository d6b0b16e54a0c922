import {
  DESCRIBING_WORDS,
  SECRET_HEADERS,
  SECRET_LAST_WORDS,
  SECRET_PAIRS,
  SECRET_PARAMETERS,
  SECRET_WORDS,
  WEAK_NAMES,
} from '../shapes/secret-names.js';

const MAX_REMEMBERED = 5_000;
const MAX_NAME_LENGTH = 256;
const remembered = new Map<string, boolean>();

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

/**
 * Whether a variable, property, header or parameter is named like a secret; the name is split at `_`, `-`, `.`, `/`, `:`, spaces
 * and lower-to-upper-case borders, and whole words are compared, so `KEYBOARD` and `TOKENIZERS_PARALLELISM` are not.
 */
export function isKeyShaped(name: string): boolean {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const answer = decide(wordsOf(name));
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(name, answer);
  return answer;
}

function decide(words: readonly string[]): boolean {
  const last = words.at(-1);
  if (last === undefined || DESCRIBING_WORDS.has(last)) return false;
  if (words.length > 1 && SECRET_LAST_WORDS.has(last)) return true;
  return words.some((word, at) => SECRET_WORDS.has(word) || SECRET_PAIRS.has(`${word}_${words[at + 1]}`));
}

function wordsOf(name: string): string[] {
  return name
    .slice(0, MAX_NAME_LENGTH)
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
}
