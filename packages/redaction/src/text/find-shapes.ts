import { VALUE_SHAPES } from '../shapes/value-shapes.js';
import type { Span } from './spans.js';

/** Every place where a value of a known shape stands. */
export function findShapes(text: string): Span[] {
  return VALUE_SHAPES.filter(({ hint }) => text.includes(hint)).flatMap(({ name, pattern }) =>
    Array.from(text.matchAll(pattern), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      name,
    })),
  );
}
