import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '@drydock/services';
import { createRegistry, UsageError } from '@drydock/workspace';
import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { absenceAsFailure } from '../ledger/absence.js';
import { failureOf } from '../ledger/failure.js';
import type { LedgerTest } from '../ledger/schema.js';
import { codeOfFailures, verdictOf } from '../report/exit-code.js';
import { failureOfClass, ledgerWith } from '../testing/ledger.fixture.js';
import { endingOf } from './ending-of.js';
import { codeOfRun } from './run/code-of-run.js';
import { codeOfSignal } from './run/driver/exit-of.js';
import { unmetRequirements } from './run/requirements.js';
import { unmetSelection } from './run/run-selection.js';

const GUIDE = join(import.meta.dirname, '../../../../docs/guide/ledger.md');
const ENDED = { driverCode: 0 };
const REGISTRY = createRegistry({ inNx: false });

const codeOf = (tests: Partial<LedgerTest>[], ...options: { failOnFlaky: boolean }[]) =>
  verdictOf(ledgerWith(tests), ...options).code;
const failed = (failure: LedgerTest['failure']): Partial<LedgerTest> =>
  failure === undefined ? {} : { status: 'failed', failure };
const thrown = (error: { name: string; message: string; code?: string; syscall?: string }, untried = false) =>
  failed(failureOf([error], { untried }));
const systemError = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall });
const flaky: Partial<LedgerTest>[] = [{ flaky: true, attempts: 2 }];

/** Makes each situation of the guide's table and says the codes it ends with, in the order of the table's cell. */
const SITUATIONS: Readonly<Record<string, () => number[]>> = {
  'a test passed, none failed': () => [codeOf([{}])],
  'a test passed only at a later attempt': () => [codeOf(flaky), codeOf(flaky, { failOnFlaky: true })],
  'a failure that may be a defect, or whose class has a confidence below 0.7': () => [
    codeOf([thrown({ name: 'TypeError', message: 'x' })]),
    codeOf([failed({ ...failureOfClass('environment'), confidence: 0.69 })]),
    codeOf([failed({ ...failureOfClass('harness'), confidence: 0.69 })]),
  ],
  'an error that nobody catches': () => [
    codeOf([{}, { name: '(outside any test)', ...thrown({ name: 'Error', message: 'loose' }) }]),
  ],
  'a file without a test': () => [
    codeOf([
      { name: '(file)', ...thrown({ name: 'Error', message: 'No test suite found in file a.test.ts' }) },
    ]),
  ],
  'an offline test fails with an error of the network that nothing tried to reach': () => [
    codeOf([
      thrown(
        { name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', syscall: 'connect' },
        true,
      ),
    ]),
  ],
  '`drydock triage` reads a failure that it cannot class, or not surely': () => [
    codeOfFailures([{ class: 'unknown', confidence: 0.3 }]),
    codeOfFailures([{ class: 'environment', confidence: 0.69 }, { class: 'environment' }]),
  ],
  'wrong usage, configuration or variable': () => [
    endingOf(new UsageError('no such marker')).code,
    endingOf(new CommanderError(1, 'commander.unknownOption', 'no such flag')).code,
  ],
  "the address in a test's `needs` is set, and no package defines how its server is reached": () => [
    codeOf([
      absenceAsFailure(
        new ServiceError({
          kind: 'definition',
          backend: 'mysql',
          message: 'none defines it',
          remedy: 'Install it.',
        }),
        'a',
      ),
    ]),
  ],
  'a failure of the harness: a blocked connection, an inactive guard, a wrong marker': () => [
    codeOf([failed(failureOfClass('harness')), failed(failureOfClass('mechanism'))]),
  ],
  'no test passed or failed: all gated, skipped or unavailable, or no test file': () => [
    codeOf([]),
    ...(['gated', 'skipped', 'unavailable'] as const).map((status) => codeOf([{ status }])),
  ],
  'a file or a test that was named did not run': () => {
    const ledger = ledgerWith([{ file: 'a.test.ts' }, { file: 'b.test.ts', status: 'skipped' }]);
    const selections = [{ path: 'b.test.ts' }, { path: 'a.test.ts', name: 'nothing of this name' }];
    return selections.map((each) => codeOfRun(0, unmetSelection({ select: [each] }, ledger), ENDED));
  },
  'a `--require` was not met': () => [
    codeOfRun(0, unmetRequirements(['integration'], ledgerWith([{}]), REGISTRY), ENDED),
  ],
  'Vitest or Nx failed without a failed test': () => [codeOfRun(0, [], { driverCode: 1 })],
  'failures of the environment only': () => [
    codeOf([{}, failed(failureOfClass('environment'))]),
    codeOfRun(4, [], { driverCode: 1 }),
  ],
  'the checkout or `TMPDIR` cannot be written': () => [
    endingOf(systemError('EACCES', 'mkdir')).code,
    codeOfRun(1, [], { ...ENDED, unwritten: endingOf(systemError('EROFS', 'open')) as never }),
  ],
  'the disk is full': () => [endingOf(systemError('ENOSPC', 'write')).code],
  'SIGINT, SIGTERM or SIGHUP': () => (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(codeOfSignal),
};

const rows = tableRows();

test('the guide and this test name the same situations', () => {
  expect(rows.map(({ situation }) => situation).sort()).toEqual(Object.keys(SITUATIONS).sort());
});

test.each(rows)('$situation: $cell', ({ situation, cell }) => {
  const codes = (cell.match(/\b\d+\b/g) ?? []).map(Number);
  const made = SITUATIONS[situation]?.() ?? [];
  // One code holds for every way in which a situation is made.
  expect(made).toEqual(codes.length === 1 ? made.map(() => codes[0]) : codes);
  expect(made.length).toBeGreaterThan(0);
});

test('a full disk excuses no failure', () => {
  expect(codeOfRun(1, [], { ...ENDED, unwritten: endingOf(systemError('ENOSPC', 'write')) as never })).toBe(
    1,
  );
});

test('an error that nobody expects is thrown again; help is no error', () => {
  expect(() => endingOf(new TypeError('a defect of ours'))).toThrow('a defect of ours');
  expect(endingOf(new CommanderError(0, 'commander.help', ''))).toEqual({ code: 0 });
});

function tableRows() {
  const [, section = ''] = readFileSync(GUIDE, 'utf8').split('## Exit codes');
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, situation = '', cell = '']) => ({ situation, cell }))
    .filter(({ situation }) => situation !== 'situation');
}
