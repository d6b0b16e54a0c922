import { DESCRIBING_WORDS, SECRET_LAST_WORDS, SECRET_PAIRS, SECRET_WORDS } from '../shapes/secret-words.js';

const MAX_REMEMBERED = 5_000;
const MAX_NAME_LENGTH = 256;
const remembered = new Map<string, boolean>();

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
