import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ledger, LedgerTest } from '../../ledger/schema.js';
import { failureOfClass, ledgerWith } from '../../testing/ledger.fixture.js';
import { keepRun, readHistory, recordOf } from './run-history.js';
import { trendsOf } from './trends.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-history-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const passed = (name: string): Partial<LedgerTest> => ({ name });
const failed = (name: string): Partial<LedgerTest> => ({
  name,
  status: 'failed',
  failure: { ...failureOfClass('mechanism'), evidence: 'expected sk-secret to be 1' },
  output: 'sk-secret',
});
const at = (minute: number, ...tests: Partial<LedgerTest>[]): Ledger =>
  ledgerWith(tests, { startedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString() });
const id = (name: string) => `packages/a/src/a.test.ts::${name}`;

test('the last fifty runs are kept, the oldest first, with names and numbers and nothing that a test said', () => {
  for (let minute = 0; minute < 53; minute += 1) keepRun(folder, recordOf(at(minute, failed('a')), false));
  const runs = readHistory(folder);
  expect(runs).toHaveLength(50);
  expect(runs.map(({ startedAt }) => startedAt.slice(14, 16)).slice(0, 2)).toEqual(['03', '04']);
  expect(runs[0]?.fates).toEqual({ [id('a')]: 'failed' });
  expect(JSON.stringify(runs)).not.toContain('sk-secret');
  expect(readdirSync(folder)).toContain('.gitignore');
});

test('two runs that began at once are both kept, and a broken file breaks nothing', () => {
  for (const name of ['a', 'b']) keepRun(folder, recordOf(at(1, passed(name)), false));
  writeFileSync(join(folder, '2026-broken.json.gz'), 'half');
  expect(
    readHistory(folder)
      .flatMap(({ fates }) => Object.keys(fates))
      .sort(),
  ).toEqual([id('a'), id('b')]);
  expect(readHistory(join(folder, 'nowhere'))).toEqual([]);
});

test('what began to fail and what is not steady is told from what has been broken for long', () => {
  const history = [
    at(1, passed('new'), failed('broken'), passed('shaky')),
    at(2, passed('new'), failed('broken'), failed('shaky')),
    at(3, passed('new'), failed('broken'), passed('shaky')),
  ].map((ledger) => recordOf(ledger, false));
  const trends = trendsOf(at(4, failed('new'), failed('broken'), passed('shaky')), history);
  expect(trends.newlyFailing).toEqual([id('new')]);
  expect(trends.unsteady).toEqual([{ id: id('shaky'), failed: 1, ran: 4 }]);
  expect(trends.past.get(id('new'))).toEqual(['passed', 'passed', 'passed', 'failed']);
  expect(trends.runs).toHaveLength(4);
});

test('the first run has nothing to compare with', () => {
  const trends = trendsOf(at(1, failed('new')), []);
  expect([trends.newlyFailing, trends.unsteady]).toEqual([[], []]);
});
