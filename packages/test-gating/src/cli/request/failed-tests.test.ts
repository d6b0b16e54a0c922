import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerFile } from '@drydock/workspace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ledger, LedgerTest } from '../../ledger/schema.js';
import { writeLedger } from '../../ledger/store.js';
import { failureOfClass, ledgerWith } from '../../testing/ledger.fixture.js';
import { withFailedTests } from './failed-tests.js';
import type { RunRequest } from './run-request.js';

let workspaceRoot: string;
beforeEach(() => {
  workspaceRoot = mkdtempSync(join(tmpdir(), 'drydock-failed-'));
  mkdirSync(join(workspaceRoot, 'src'));
  for (const name of ['a', 'b']) writeFileSync(join(workspaceRoot, `src/${name}.test.ts`), '');
});
afterEach(() => rmSync(workspaceRoot, { recursive: true }));

const request = (rest: Partial<RunRequest> = {}) =>
  ({ failed: true, select: [], workspaceRoot, ...rest }) as unknown as RunRequest;
const failed = (file: string, name: string): Partial<LedgerTest> => ({
  file,
  name,
  status: 'failed',
  failure: failureOfClass('mechanism'),
});

function after(tests: readonly Partial<LedgerTest>[], rest: Partial<Ledger> = {}): RunRequest {
  writeLedger(ledgerFile(workspaceRoot), ledgerWith(tests, rest));
  return withFailedTests(request());
}

test('what failed is selected by name, what belongs to no test by its file', () => {
  const { select, rerunOf } = after([
    {},
    failed('src/a.test.ts', 'adds'),
    failed('src/b.test.ts', '(file)'),
    failed('src/b.test.ts', 'suite (hook)'),
    failed('', '(service) redis'),
    failed('src/gone.test.ts', 'was removed'),
  ]);
  expect(select).toEqual([{ path: 'src/a.test.ts', name: 'adds' }, { path: 'src/b.test.ts' }]);
  expect(rerunOf).toBe(6);
});

test('a run of what failed keeps in mind how much the whole was', () => {
  expect(after([failed('src/a.test.ts', 'adds')], { rerunOf: 3_410 }).rerunOf).toBe(3_410);
});

test('hundreds of failures are selected by their files', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => failed('src/a.test.ts', `test ${index}`));
  expect(after(many).select).toEqual([{ path: 'src/a.test.ts' }]);
});

test('where nothing failed, everything runs', () => {
  const { select, rerunOf } = after([{}]);
  expect([select, rerunOf]).toEqual([[], undefined]);
});

test.each([
  ['no run yet', {}, /no run yet/],
  ['paths', { select: [{ path: 'src' }] }, /leave out one/],
])('refused: %s', (_what, rest, message) => {
  expect(() => withFailedTests(request(rest))).toThrow(message);
});
