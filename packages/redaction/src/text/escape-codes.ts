import type { Span } from './spans.js';

/** Colours and links of a terminal; also as JSON, JavaScript and XML write them. An unfinished one at the end counts. */
const CODE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /(?:\u001b|\\u001[bB]|\\x1[bB]|&#(?:27|x1[bB]);)\[[\d;:]{0,32}(?:[A-Za-z]|$)|\u001b\]8;[^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\|$)|\u001b$/g;

/** A text without its escape codes, in which a secret stands in one piece, and the way back. */
export interface PlainView {
  readonly plain: string;
  /** Place in the whole text of a place in the plain one; codes that stand there come after it. */
  original(position: number): number;
  /** A stretch of the plain text as one of the whole text. */
  span(span: Span): Span;
}

/** The text without escape codes; the text itself where there are none. */
export function plainView(text: string): PlainView {
  const codes = mayHaveCodes(text) ? Array.from(text.matchAll(CODE)) : [];
  if (codes.length === 0) return { plain: text, original: (position) => position, span: (span) => span };
  const starts: number[] = [];
  const removed: number[] = [0];
  let plain = '';
  let from = 0;
  for (const { index, 0: code } of codes) {
    plain += text.slice(from, index);
    from = index + code.length;
    starts.push(plain.length);
    removed.push((removed.at(-1) ?? 0) + code.length);
  }
  plain += text.slice(from);
  const shift = (position: number, codesAtItCount: boolean) =>
    position + (removed[countBelow(starts, codesAtItCount ? position + 1 : position)] ?? 0);
  return {
    plain,
    original: (position) => shift(position, false),
    span: ({ start, end, name }) => ({ start: shift(start, true), end: shift(end, false), name }),
  };
}

/** The escape codes of a text, one behind the other: what stays of a stretch that is replaced. */
export function codesOf(text: string): string {
  return mayHaveCodes(text) ? Array.from(text.matchAll(CODE), ([code]) => code).join('') : '';
}

function mayHaveCodes(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return /\u001b|\\u001[bB]|\\x1[bB]|&#(?:27|x1[bB]);/.test(text);
}

/** How many of the sorted numbers are less than this one. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
