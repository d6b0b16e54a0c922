import { randomUUID } from 'node:crypto';

/** Marks 64-bit integers, which JavaScript's own parser would round. */
const TAG = randomUUID();
const TOKENS = /"(?:[^"\\]+|\\.)*"|-?\d{16,19}(?![\d.eE])/g;
const TAGGED = new RegExp(`"${TAG}(-?\\d+)"`, 'g');
const WHOLE = new RegExp(`^${TAG}(-?\\d+)$`);
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud(?:[89ab][0-9a-f]{2}(?!\\ud[c-f])|[c-f])/i;
const PAIRS = /\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}/gi;

/** Reads JSON as the server does: integers of 64 bits are kept (as bigint), lone surrogates are refused. */
export function parse(text: string): unknown {
  if (text.includes('\\u') && LONE_SURROGATE.test(text.replace(PAIRS, '')))
    throw new SyntaxError('surrogate');
  const tagged = text.replace(TOKENS, (token) => (token.startsWith('"') ? token : `"${TAG}${token}"`));
  return JSON.parse(tagged, (_key, value) => {
    const digits = typeof value === 'string' ? WHOLE.exec(value)?.[1] : undefined;
    return digits === undefined ? value : narrow(BigInt(digits));
  });
}

/** Writes what `parse` read. */
export function stringify(value: unknown): string {
  const text = JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? `${TAG}${inner}` : inner));
  return text.replace(TAGGED, '$1');
}

function narrow(value: bigint): bigint | number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
