import { expect, it } from 'vitest';
import { decisionTable, suiteTable } from './guard-tables.js';

it('shows ratios of pairs beside the target', () => {
  const table = suiteTable({ plain: [4, 8, 4], gate: [5, 10, 5], guard: [5.1, 10.1, 5.2] });
  expect(table).toEqual([
    ' processor time of the suite    median  ratio  range         target',
    ' plain Vitest                   4.00 s',
    ' the gate without the guard     5.00 s',
    ' the gate with the guard        5.20 s',
    ' the guard: with / without              1.020  1.010..1.040  at most 1.03',
    ' gate and guard / plain Vitest          1.275  1.262..1.300',
  ]);
});

it('shows the slowest decision first', () => {
  const [, first] = decisionTable([
    { label: 'a name', nanoseconds: 90 },
    { label: 'an address', nanoseconds: 150 },
  ]);
  expect(first).toBe(' an address              150 ns  at most 1000 ns');
});
