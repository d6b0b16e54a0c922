import { BARE_PLACES } from '../shapes/places.js';
import { hintedRules } from './hinted.js';
import type { Range } from './value-scanner.js';

/** Every secret that stands at a place of the table. */
export function findByPlace(text: string): Range[] {
  const places = [...hintedRules(text).places, ...BARE_PLACES.filter(({ hint }) => hint.test(text))];
  return places.flatMap(({ pattern, accepts }) =>
    lastGroups(text, pattern).filter(({ start, end }) => accepts?.(text.slice(start, end)) ?? true),
  );
}

/** The last group of every match, which ends it. */
export function lastGroups(text: string, pattern: RegExp): Range[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const end = match.index + match[0].length;
    return { start: end - ((match[1] ?? match[2])?.length ?? 0), end };
  }).filter(({ start, end }) => start < end);
}
