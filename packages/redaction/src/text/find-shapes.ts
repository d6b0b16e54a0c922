import { CUT_KEY } from '../shapes/value-shapes.js';
import { hintedRules } from './hinted.js';
import type { Span } from './spans.js';

/** Every place where a value of a known shape stands. */
export function findShapes(text: string): Span[] {
  const cut = /\w(?:…|\.\.\.)/.test(text) ? matches(text, 'cut-key', CUT_KEY) : [];
  return [...hintedRules(text).shapes.flatMap(({ name, pattern }) => matches(text, name, pattern)), ...cut];
}

function matches(text: string, name: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    name,
  }));
}
