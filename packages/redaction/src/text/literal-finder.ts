/** Shortest text that is looked for. */
const SHORTEST = 3;
const BUCKETS = 65_536;

/** Calls back for each place where one of the literals stands. */
export type LiteralFinder = (text: string, onFound: (literal: number, at: number) => void) => void;

/**
 * Looks for many literals in one pass: what a place begins with is compared with three characters of each literal at once, so
 * that the cost of a text does not grow with their number. Literals of less than three characters are never found.
 */
export function literalFinder(literals: readonly string[]): LiteralFinder {
  const mayBegin = new Uint8Array(BUCKETS);
  const byBucket = new Map<number, number[]>();
  for (const [index, literal] of literals.entries()) {
    if (literal.length < SHORTEST) continue;
    const bucket = bucketOf(literal.charCodeAt(0), literal.charCodeAt(1), literal.charCodeAt(2));
    mayBegin[bucket] = 1;
    byBucket.set(bucket, [...(byBucket.get(bucket) ?? []), index]);
  }
  return (text, onFound) => {
    if (byBucket.size === 0 || text.length < SHORTEST) return;
    let first = text.charCodeAt(0);
    let second = text.charCodeAt(1);
    for (let at = 2; at < text.length; at += 1) {
      const third = text.charCodeAt(at);
      const bucket = bucketOf(first, second, third);
      if (mayBegin[bucket] === 1) {
        for (const index of byBucket.get(bucket) as number[])
          if (text.startsWith(literals[index] as string, at - 2)) onFound(index, at - 2);
      }
      first = second;
      second = third;
    }
  };
}

function bucketOf(first: number, second: number, third: number): number {
  return (first * 6121 + second * 193 + third) & (BUCKETS - 1);
}
