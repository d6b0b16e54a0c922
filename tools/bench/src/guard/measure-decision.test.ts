import { expect, it } from 'vitest';
import { readDecisions } from './measure-decision.js';

it('reads each case and leaves the conclusion out', () => {
  const output = [
    'an allowed address                                      152 ns',
    'a name that was looked up                                87 ns',
    'slowest 152 ns, budget 1000 ns',
  ].join('\n');
  expect(readDecisions(output)).toEqual([
    { label: 'an allowed address', nanoseconds: 152 },
    { label: 'a name that was looked up', nanoseconds: 87 },
  ]);
});

it('finds nothing in an error', () => {
  expect(readDecisions('Error: Cannot find module')).toEqual([]);
});
