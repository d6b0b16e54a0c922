import type { ErrorFacts } from './facts.js';

const LENGTH = 600;
/** Addresses, host names and paths are data, whatever words they are made of. */
const ADDRESSES =
  /\b[a-z][\w+.-]*:\/\/\S+|(?<![\w.])(?:[\w-]+\.){2,}[\w-]+|(?<!\w)\.{0,2}\/[\w@.-]+(?:\/[\w@.-]*)+/giu;
const known = new WeakMap<ErrorFacts, string>();

/** Name, code and message of an error as plain lower-case words: `NoRespondersError` is `no responders error`. */
export function plainWords(error: ErrorFacts): string {
  const made = known.get(error);
  if (made !== undefined) return made;
  const { name, code = '', message } = error;
  const words = `${name === 'Error' ? '' : `${apart(name)} `}${apart(code)} ${message.slice(0, LENGTH).split('\n').map(apart).join('\n')}`;
  const plain = words.toLowerCase().trim();
  known.set(error, plain);
  return plain;
}

/** Parts words that are written as one: camel case, snake case, hyphens. */
function apart(text: string): string {
  return text
    .replace(ADDRESSES, ' ')
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/gu, ' ')
    .replace(/[_\-‐-–’'`"“”«»[\]{}]+/gu, ' ')
    .replace(/ {2,}/gu, ' ');
}
