import { median, type Ratio, ratioOf } from '../statistics.js';
import type { DecisionTime } from './measure-decision.js';
import type { SuiteTimes } from './measure-suite.js';

/** Most that the guard should cost, as a ratio of processor time. */
export const TARGET_RATIO = 1.03;
/** Most that one decision should take, in nanoseconds. */
export const TARGET_NANOSECONDS = 1_000;

/** The suite's cost: what each variant took, and how it compares. */
export function suiteTable(times: SuiteTimes): string[] {
  const seconds = (values: readonly number[]) => `${median(values).toFixed(2)} s`;
  return aligned([
    ['processor time of the suite', 'median', 'ratio', 'range', 'target'],
    ['plain Vitest', seconds(times.plain), '', '', ''],
    ['the gate without the guard', seconds(times.gate), '', '', ''],
    ['the gate with the guard', seconds(times.guard), '', '', ''],
    ['the guard: with / without', '', ...cells(ratioOf(times.guard, times.gate)), `at most ${TARGET_RATIO}`],
    ['gate and guard / plain Vitest', '', ...cells(ratioOf(times.guard, times.plain)), ''],
  ]);
}

/** What one decision takes, slowest first. */
export function decisionTable(decisions: readonly DecisionTime[]): string[] {
  const slowestFirst = [...decisions].sort((a, b) => b.nanoseconds - a.nanoseconds);
  return aligned([
    ['one allowed connection', 'time', 'target'],
    ...slowestFirst.map(({ label, nanoseconds }) => [
      label,
      `${nanoseconds} ns`,
      `at most ${TARGET_NANOSECONDS} ns`,
    ]),
  ]);
}

/** A ratio's median and its range. */
export function cells({ median, lowest, highest }: Ratio): string[] {
  return [median.toFixed(3), `${lowest.toFixed(3)}..${highest.toFixed(3)}`];
}

/** Rows with their columns below each other. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    ` ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
