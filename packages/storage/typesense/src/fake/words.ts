/** The words of a text as the server compares them: letters and digits alone, lower case, without accents. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((word) => word !== '');
}

/** Edits between two words: letters changed, added, removed or swapped with their neighbour; more than 2 count as 3. */
export function typosBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let [older, previous]: number[][] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const costs = [at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + same];
      row.push(Math.min(...costs, ...(swapped ? [at(older, j - 2) + 1] : [])));
    }
    [older, previous] = [previous, row];
  }
  return Math.min(3, at(previous, other.length));
}

/** Number of typos that a word of this length may have. */
export function typosAllowed(word: string, most: number): number {
  return Math.min(most, word.length >= 7 ? 2 : word.length >= 4 ? 1 : 0);
}

function at(row: readonly number[] | undefined, index: number): number {
  return row?.[index] ?? Number.POSITIVE_INFINITY;
}
