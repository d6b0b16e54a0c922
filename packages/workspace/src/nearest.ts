import { closest, distance } from 'fastest-levenshtein';

/** The known word within two edits of `word`, or undefined. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(word, [...known]);
  return distance(word, candidate) <= 2 ? candidate : undefined;
}

/** The end of an "unknown X" message: a guess where there is one, the whole list otherwise. */
export function suggestion(word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  if (guess !== undefined) return `Did you mean '${guess}'?`;
  return known.length === 0 ? 'None is known here.' : `Known: ${known.join(', ')}.`;
}

/** The marker that a word in a place for any words is a misspelling of. */
export function misspelt(word: string, markers: readonly string[]): string | undefined {
  // Short words are too near to everything: `show` is not a misspelt `slow`.
  return word.length > 5 && !markers.includes(word) ? nearest(word, markers) : undefined;
}
