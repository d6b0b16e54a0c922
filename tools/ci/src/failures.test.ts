import type { LedgerTest } from '@drydock/test-gating';
import { expect, it } from 'vitest';
import { failureList } from './failures.js';
import { ledgerOf } from './ledger.fixture.js';

const failed = (id: string, evidence: string): Partial<LedgerTest> => ({
  id,
  status: 'failed',
  failure: { class: 'mechanism', code: 'AssertionError', evidence, remedy: 'Fix it.' },
});

it('names each failed test of every level, with its class and the first lines of what was seen', () => {
  const long = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n');
  const text = failureList([
    ledgerOf([{ id: 'a' }, failed('b', 'expected 1')]),
    ledgerOf([failed('c', long), { id: 'd', status: 'failed' }], { level: 'slow' }),
  ]);
  expect(text).toMatch(/^test {2}b\n {2}defect · AssertionError\n {2}expected 1\n\nslow {2}c\n/);
  expect(text).toContain('line 5');
  expect(text).not.toContain('line 6');
  expect(text).toMatch(/\n\nslow {2}d$/);
});

it('is empty when nothing failed', () => {
  expect(failureList([ledgerOf([{ id: 'a' }])])).toBe('');
});
