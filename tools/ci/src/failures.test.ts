import { expect, it } from 'vitest';
import { failureList } from './failures.js';

const failed = (id: string, evidence: string) => ({
  id,
  status: 'failed',
  failure: { class: 'mechanism', code: 'AssertionError', evidence },
});

it('names each failed test of every level, with its class and the first lines of what was seen', () => {
  const long = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n');
  const text = failureList([
    { level: 'test', tests: [{ id: 'a', status: 'passed' }, failed('b', 'expected 1')] },
    { level: 'slow', tests: [failed('c', long), { id: 'd', status: 'failed' }] },
  ]);
  expect(text).toMatch(/^test {2}b\n {2}mechanism · AssertionError\n {2}expected 1\n\nslow {2}c\n/);
  expect(text).toContain('line 5');
  expect(text).not.toContain('line 6');
  expect(text).toMatch(/\n\nslow {2}d$/);
});

it('is empty when nothing failed', () => {
  expect(failureList([{ level: 'test', tests: [{ id: 'a', status: 'passed' }] }])).toBe('');
});
