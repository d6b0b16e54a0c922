import { expect, it } from 'vitest';
import { median, ratioOf } from './statistics.js';

it('takes the middle, whatever the order', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([100, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
});

it('has no median of nothing', () => {
  expect(() => median([])).toThrow(RangeError);
});

it('divides within each pair: a load that doubles both runs changes nothing', () => {
  const quiet = ratioOf([1.1, 2.2, 1.1], [1, 2, 1]);
  expect(quiet.median).toBeCloseTo(1.1);
  expect(quiet.highest).toBeCloseTo(1.1);
});

it('is not moved by one run that was disturbed, and shows it', () => {
  expect(ratioOf([1, 1, 3], [1, 1, 1])).toEqual({ median: 1, lowest: 1, highest: 3 });
});

it('refuses runs without a partner', () => {
  expect(() => ratioOf([1, 2], [1])).toThrow('compared with');
});
