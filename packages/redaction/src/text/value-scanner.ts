import { markLengthAt } from './spans.js';

/** A stretch of text by its borders. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

// Loops instead of patterns: a value can be megabytes long, and a pattern that remembers each step would exhaust its stack.

/** End of a run of characters that holds none of the stops; a replacement inside it counts as one piece, blanks and all. */
export function endOfRun(text: string, from: number, stops: string): number {
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    const marked = char === '[' ? markLengthAt(text, at) : 0;
    if (marked === 0 && stops.includes(char)) break;
    at += Math.max(1, marked);
  }
  return at;
}

/** The inside of a quoted value that begins here, its quotes plain (`"..."`) or escaped (`\"...\"`); it ends with its line at the latest. */
export function quotedAt(text: string, at: number): Range | undefined {
  let quoteAt = at;
  while (text[quoteAt] === '\\' && quoteAt - at < 8) quoteAt += 1;
  const quote = text[quoteAt];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  const start = quoteAt + 1;
  return {
    start,
    end: quoteAt === at ? plainEnd(text, start, quote) : escapedEnd(text, start, text.slice(at, start)),
  };
}

function plainEnd(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === quote || char === '\n' || char === '\r') return at;
    at += char === '\\' && text[at + 1] !== '\n' && text[at + 1] !== '\r' ? 2 : 1;
  }
  return text.length;
}

/** An escaped quote is closed by the same sequence, unless a further backslash stands before it: that one is nested deeper. */
function escapedEnd(text: string, from: number, opener: string): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\n' || char === '\r') return at;
    if (char === '\\' && text[at - 1] !== '\\' && text.startsWith(opener, at)) return at;
  }
  return text.length;
}
