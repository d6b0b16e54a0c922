import type { Failure, Ledger } from '../../ledger/schema.js';
import { failureOfClass, ledgerWith } from '../../testing/ledger.fixture.js';
import { type RunRecord, recordOf } from '../history/run-history.js';

const SOURCE = `describe('total', () => {
  test('adds the lines', () => {
    const sum = total([{ price: 2, count: 3 }, { price: 1, count: 1 }]);
    expect(sum).toBe(7);
  });
  test('is 0 for nothing', () => expect(total([])).toBe(0));`;

const FAILURE: Failure = {
  ...failureOfClass('mechanism', 'AssertionError'),
  subclass: 'assertion',
  evidence: 'AssertionError: expected 3 to be 7 // Object.is equality',
  remedy: 'Fix the code under test, or the test.',
  line: 7,
  source: { file: 'src/price.test.ts', line: 7, column: 17, from: 4, text: SOURCE },
  detail: `AssertionError: expected 3 to be 7 // Object.is equality
    at /shop/src/price.test.ts:7:17
    at file:///shop/node_modules/@vitest/runner/dist/index.js:302:11
- Expected
+ Received

- 7
+ 3`,
};

/** A run of a small shop in which a sum is wrong. */
export function failingLedger(): Ledger {
  const file = 'src/price.test.ts';
  const tests = [
    { file, name: 'total > is 0 for nothing', durationMs: 1 },
    {
      file,
      name: 'total > adds the lines',
      status: 'failed',
      failure: FAILURE,
      output: 'adding two lines\n',
      durationMs: 14,
    },
    {
      file: 'src/stock.integration.test.ts',
      name: 'keeps the stock',
      status: 'gated',
      markers: ['integration'],
      reason: 'gated: run with drydock run --run-integration',
      missing: ['integration'],
    },
  ] as const;
  return ledgerWith(tests, {
    run: {
      project: 'shop',
      branch: 'main',
      commit: '1f3a9c2',
      command: 'drydock run',
      node: 'v24.1.0',
      exitCode: 1,
    },
  });
}

const before = ledgerWith(
  failingLedger().tests.map((test) => ({
    ...test,
    status: test.status === 'failed' ? 'passed' : test.status,
  })),
);

/** Three runs before it, in which nothing failed. */
export const EARLIER: readonly RunRecord[] = [1, 2, 3].map((day) =>
  recordOf({ ...before, startedAt: `2025-12-0${day}T10:00:00.000Z` }, false),
);
