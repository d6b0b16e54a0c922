/** Middle of the values; the mean of the middle two where their number is even. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of no values.');
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] as number;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] as number;
  return (lower + upper) / 2;
}

/** A ratio over several pairs of runs. */
export interface Ratio {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Divides pair by pair, so that a load that comes and goes weighs on both runs of a pair alike.
 *
 * @throws RangeError unless there are as many runs of one kind as of the other, and at least one.
 */
export function ratioOf(measured: readonly number[], baseline: readonly number[]): Ratio {
  if (measured.length !== baseline.length) throw new RangeError('Each run needs one to be compared with.');
  const ratios = measured.map((value, index) => value / (baseline[index] as number));
  return { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}
