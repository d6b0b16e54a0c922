import { readReport, triage } from '@drydock/triage';
import { validate } from 'ctrf';
import { describe, expect, it } from 'vitest';
import { mergeLedgers } from '../../ledger/merge.js';
import { mergeDuplicates } from '../../ledger/merge-duplicates.js';
import { failureOfClass, ledgerWith } from '../../testing/ledger.fixture.js';
import { agentText } from './agent.js';
import { allureResult, CATEGORIES } from './allure.js';
import { ctrf } from './ctrf.js';
import { annotations, stepSummary } from './github.js';
import { junit } from './junit.js';
import { writeGithubSummary } from './write-reports.js';

const FILE = 'packages/a/src/a.test.ts';
const login = { ...failureOfClass('environment', 'WRONGPASS'), subclass: 'login' };
const defect = {
  ...failureOfClass('mechanism', 'AssertionError'),
  detail: `AssertionError: expected 1 to be 2\n    at ${FILE}:12:3`,
};
const ledger = ledgerWith(
  [
    { name: 'passes' },
    { name: 'is wrong', status: 'failed', failure: defect },
    { name: 'cannot log in', status: 'failed', failure: login, backend: 'redis', markers: ['integration'] },
    { name: 'is slow', status: 'gated', reason: 'gated: run with --run-slow', missing: ['slow'] },
    { name: 'needs qdrant', status: 'unavailable', reason: 'QDRANT_URL not set', backend: 'qdrant' },
  ],
  { granted: ['integration'], level: 'integration' },
);

describe('JUnit', () => {
  it('JUnit shows a defect as failure, any other class as error, and the reason of a test that did not run', () => {
    const xml = junit(ledger);
    expect(xml).toContain('tests="5" failures="1" errors="1" skipped="2"');
    expect(xml).toMatch(
      /<failure message="defect \/ AssertionError: defect evidence" type="AssertionError">/,
    );
    expect(xml).toMatch(/<error message="environment \/ login: environment evidence" type="WRONGPASS">/);
    expect(xml).toContain('<skipped message="gated: gated: run with --run-slow"/>');
    expect(xml).toContain('<property name="drydock.subclass" value="login"/>');
  });

  it('triage reads the JUnit report and finds the same two failures', () => {
    const failures = triage([readReport('junit.xml', junit(ledger))]);
    expect(failures.map(({ test }) => test)).toEqual([
      expect.stringContaining('is wrong'),
      expect.stringContaining('cannot log in'),
    ]);
  });
});

it('the CTRF report is valid by the schema of CTRF', () => {
  const { results } = JSON.parse(ctrf(ledger));
  expect(validate(JSON.parse(ctrf(ledger)))).toMatchObject({ valid: true });
  expect(results.summary).toMatchObject({ tests: 5, passed: 1, failed: 2, skipped: 2 });
  expect(results.tests[2].extra).toMatchObject({ class: 'environment', backend: 'redis' });
});

it('a pass on a retry stands in the own fields of CTRF, Allure and JUnit', () => {
  const flaky = ledgerWith([
    { name: 'shaky', flaky: true, attempts: 3, reason: 'passed at attempt 3, before: expected 1 to be 2' },
    { name: 'broken', attempts: 2, status: 'failed', failure: defect },
  ]);
  const report = JSON.parse(ctrf(flaky));
  expect(validate(report)).toMatchObject({ valid: true });
  expect(report.results.tests).toMatchObject([
    { status: 'passed', flaky: true, retries: 2 },
    { status: 'failed', retries: 1 },
  ]);
  expect(report.results.tests[1]).not.toHaveProperty('flaky');
  const [shaky] = flaky.tests;
  expect(shaky && allureResult(shaky, flaky)).toMatchObject({
    status: 'passed',
    statusDetails: { flaky: true, message: expect.stringContaining('before: expected 1') },
  });
  expect(junit(flaky)).toContain('<property name="drydock.attempts" value="3"/>');
  expect(stepSummary(flaky)).toContain('flaky: 1');
  expect(agentText(flaky, 1)).toContain(`flaky: ${FILE}::shaky: passed at attempt 3`);
});

it('each failure belongs to exactly one category of Allure', () => {
  const results = ledger.tests.map((test) => allureResult(test, ledger));
  const categories = results.map(({ status, ...result }) =>
    CATEGORIES.filter(
      ({ matchedStatuses, messageRegex }) =>
        'statusDetails' in result &&
        (matchedStatuses as readonly string[]).includes(status) &&
        new RegExp(`^${messageRegex.replace('(?s)', '')}$`, 's').test(result.statusDetails?.message ?? ''),
    ).map(({ name }) => name),
  );
  expect(categories).toEqual([[], ['Defect'], ['Environment'], ['Gated'], ['Unavailable']]);
});

describe('GitHub', () => {
  it('an annotation names the line of the failure', () => {
    expect(annotations(ledger)[0]).toBe(
      `::error file=${FILE},line=12,title=is wrong::defect / AssertionError: defect evidence%0Adefect remedy`,
    );
  });

  it('a workflow gets at most ten annotations, and nothing is written outside a workflow', () => {
    const many = ledgerWith(
      Array.from({ length: 30 }, () => ({ status: 'failed' as const, failure: defect })),
    );
    expect(annotations(many)).toHaveLength(10);
    expect(writeGithubSummary(many, {})).toEqual([]);
    expect(stepSummary(many)).toContain('… and 10 more');
  });
});

describe('for an agent', () => {
  it('the text for an agent names the failures, whose fault they are and the next command', () => {
    expect(agentText(ledger, 1)).toBe(
      [
        'drydock integration: 1 passed, 2 failed, 1 gated, 0 skipped, 1 unavailable; exit 1',
        '1. defect / AssertionError, 1 test: defect evidence',
        '   fix: defect remedy',
        `   test: ${FILE}::is wrong`,
        '2. environment / login, 1 test: environment evidence',
        '   fix: environment remedy',
        `   test: ${FILE}::cannot log in`,
        `next: npx --no-install drydock run --run-integration '${FILE}::is wrong'`,
      ].join('\n'),
    );
  });

  it('the text for an agent names the grants as the summary does', () => {
    const first = (more: Parameters<typeof ledgerWith>[1]) =>
      agentText(ledgerWith([{}], more), 0).split(':')[0];
    expect(first({})).toBe('drydock offline');
    expect(first({ level: 'test', granted: ['integration', 'slow'] })).toBe('drydock integration + slow');
    expect(first({ level: 'smoke', granted: ['integration'] })).toBe('drydock smoke');
  });

  it('the text for an agent names doctor where only the environment is at fault', () => {
    const outside = ledgerWith([{ status: 'failed', failure: login, backend: 'redis' }]);
    expect(agentText(outside, 4)).toMatch(/next: npx --no-install drydock doctor redis$/);
    expect(agentText(ledgerWith([{}]), 0)).toMatch(/next: nothing; all well$/);
  });
});

it('mergeDuplicates keeps the record whose status counts most', () => {
  const offline = ledgerWith([{ name: 'a' }, { name: 'b', status: 'gated' }, { name: 'c' }]);
  const live = ledgerWith([
    { name: 'b', status: 'passed' },
    { name: 'c', status: 'failed', failure: defect },
  ]);
  const { tests, totals } = mergeDuplicates(mergeLedgers([offline, live]));
  expect(tests.map(({ name, status }) => [name, status]).sort()).toEqual([
    ['a', 'passed'],
    ['b', 'passed'],
    ['c', 'failed'],
  ]);
  expect(totals).toMatchObject({ passed: 2, failed: 1, gated: 0 });
  const shaky = ledgerWith([{ name: 'a', flaky: true, attempts: 2 }]);
  expect(mergeDuplicates(mergeLedgers([offline, shaky])).totals.flaky).toBe(1);
});
