import type { LedgerTest } from '@drydock/test-gating';
import { expect, it } from 'vitest';
import { countLine } from './count.js';
import { ledgerOf } from './ledger.fixture.js';

const ledger = (...tests: [id: string, status: LedgerTest['status']][]) =>
  ledgerOf(tests.map(([id, status]) => ({ id, status })));

it('counts a test once: what a level gates and another runs has run', () => {
  const offline = ledger(['a', 'passed'], ['b', 'gated'], ['c', 'gated'], ['d', 'skipped']);
  const integration = ledger(['b', 'passed'], ['c', 'unavailable']);
  expect(countLine([offline, integration])).toBe('2 passed, 0 failed, 2 skipped');
});

it('lets no later pass hide a failure', () => {
  expect(countLine([ledger(['a', 'failed']), ledger(['a', 'passed'])])).toBe('0 passed, 1 failed, 0 skipped');
});

it('counts nothing where nothing ran', () => {
  expect(countLine([])).toBe('0 passed, 0 failed, 0 skipped');
});
