import { stripVTControlCharacters } from 'node:util';
import { createRegistry } from '@drydock/workspace';
import { expect, test } from 'vitest';
import type { FailureClass, Ledger } from '../ledger/schema.js';
import { failureOfClass, ledgerWith } from '../testing/ledger.fixture.js';
import { verdictOf, verdictOfPart } from './exit-code.js';
import { htmlReport } from './html/page.js';
import { formatSummary } from './summary.js';

const registry = createRegistry({ inNx: true });
const plain = (lines: string | readonly string[]) => stripVTControlCharacters([lines].flat().join('\n'));

function failing(...classes: FailureClass[]): Ledger {
  return ledgerWith(classes.map((each) => ({ status: 'failed', failure: failureOfClass(each) })));
}

test.each([
  ['a test passed', ledgerWith([{}]), 0],
  ['a test passed beside a gated one', ledgerWith([{}, { status: 'gated' }]), 0],
  ['a defect', failing('mechanism'), 1],
  ['the environment', failing('environment'), 4],
  ['the harness', failing('harness'), 3],
  ['a defect beside the environment', failing('environment', 'mechanism'), 1],
  ['the harness beside both', failing('environment', 'mechanism', 'harness'), 3],
  ['no test at all', ledgerWith([]), 3],
  ['no test at all, and the project allows it', ledgerWith([], { allowsNoTests: true }), 0],
  [
    'all skipped, though the project allows no tests',
    ledgerWith([{ status: 'skipped' }], { allowsNoTests: true }),
    3,
  ],
  ['all gated, offline', ledgerWith([{ status: 'gated' }]), 3],
  ['all gated, with a network', ledgerWith([{ status: 'gated' }], { scope: 'lan' }), 3],
  ['all skipped', ledgerWith([{ status: 'skipped' }]), 3],
  ['all unavailable', ledgerWith([{ status: 'unavailable' }], { scope: 'lan' }), 3],
  ['a test passed with a network', ledgerWith([{}], { scope: 'lan' }), 0],
])('a run ends with the code of its worst outcome: %s', (_, ledger, code) => {
  expect(verdictOf(ledger).code).toBe(code);
  if (code !== 0) expect(verdictOf(ledger).why).toMatch(/\.$/);
});

const FLAKY = {
  flaky: true,
  attempts: 2,
  reason: 'passed at attempt 2, before: expected 1 to be 2',
} as const;

test.each([
  ['a pass on a retry', ledgerWith([FLAKY]), 1],
  [
    'a pass on a retry beside the environment',
    ledgerWith([FLAKY, { status: 'failed', failure: failureOfClass('environment') }]),
    1,
  ],
  [
    'a pass on a retry beside the harness',
    ledgerWith([FLAKY, { status: 'failed', failure: failureOfClass('harness') }]),
    3,
  ],
  ['a pass at once', ledgerWith([{}]), 0],
])('with --fail-on-flaky %s', (_, ledger, code) => {
  expect(verdictOf(ledger, { failOnFlaky: true }).code).toBe(code);
  expect(verdictOf(ledgerWith([FLAKY])).code).toBe(0);
});

test('passes on a retry are counted and shown apart', () => {
  const ledger = ledgerWith([{ name: 'steady' }, { name: 'shaky', ...FLAKY }]);
  expect(ledger.totals).toMatchObject({ passed: 2, flaky: 1 });
  const summary = plain(formatSummary(ledger, registry));
  expect(summary).toContain(' 2 passed (1 flaky)   0 failed');
  expect(summary).toMatch(
    / flaky\s+a\.test\.ts|a\.test\.ts::shaky {2}passed at attempt 2, before: expected 1 to be 2/,
  );
  expect(htmlReport(ledger, registry)).toContain('data-status="flaky" aria-pressed="false"><b>1</b> flaky');
  expect(htmlReport(ledgerWith([{}]), registry)).not.toContain('data-status="flaky"');
});

test('a run from the cache says how long it took, and how long its results had taken', () => {
  const summary = (cachedMs: number) =>
    plain(
      formatSummary(ledgerWith([{}], { durationMs: 179_700 }), registry, {
        timing: { wallMs: 1_000, cachedMs },
      }),
    );
  expect(summary(179_700)).toContain('0 failed   1.0 s   179.7 s of results from the cache');
  expect(summary(0)).toMatch(/0 failed {3}1\.0 s$/m);
});

test('reasons why tests were left out have a table, unless a service says them', () => {
  const skipped = (reason: string) => ({ status: 'skipped' as const, reason });
  const away = (reason: string) => ({ status: 'unavailable' as const, reason });
  const ledger = ledgerWith(
    [
      {},
      skipped('todo'),
      skipped('a hook before it failed'),
      skipped('todo'),
      away('REDIS_URL not set'),
      away('no redis-server'),
    ],
    { services: [{ backend: 'redis', status: 'unavailable', reason: 'REDIS_URL not set' }] },
  );
  expect(plain(formatSummary(ledger, registry)).split('\n').slice(-7)).toEqual([
    '',
    ' tests  skipped',
    '     2  todo',
    '     1  a hook before it failed',
    '',
    ' tests  unavailable',
    '     1  no redis-server',
  ]);
});

test('a class below a confidence of 0.7 counts as a possible defect', () => {
  const failed = (confidence: number) =>
    ledgerWith([{ status: 'failed', failure: { ...failureOfClass('environment'), confidence } }]);
  expect(verdictOf(failed(0.69)).code).toBe(1);
  expect(verdictOf(failed(0.7)).code).toBe(4);
});

test('a part in which nothing could run is green and says so; as a whole it proves nothing', () => {
  const gated = ledgerWith([{ status: 'gated' }, { status: 'unavailable' }]);
  expect(verdictOfPart(gated)).toEqual({
    code: 0,
    why: 'No test ran (1 gated, 1 unavailable), so this run proves nothing.',
  });
  expect(verdictOf(gated).code).toBe(3);
  expect(verdictOfPart(failing('mechanism')).code).toBe(1);
});

test('the summary says what was allowed, what ran, what was gated and how to run it', () => {
  const gated = (missing: string[]) => ({ status: 'gated' as const, missing });
  const ledger = ledgerWith(
    [{}, {}, gated(['slow']), gated(['integration']), gated(['integration', 'slow'])],
    {
      guard: { workers: 3, active: 3, blocked: [], wall: 'empty network namespace' },
    },
  );
  expect(plain(formatSummary(ledger, registry))).toBe(
    [
      ' drydock  offline · guard active 3/3 · empty network namespace',
      ' 2 passed   3 gated   0 failed   1.0 s',
      '',
      ' gated               tests  run them with',
      ' slow                    1  nx run-many -t slow                          --run-slow',
      ' integration             1  nx run-many -t integration                   --run-integration',
      ' integration + slow      1  DRYDOCK_RUN=slow nx run-many -t integration  --run-integration --run-slow',
    ].join('\n'),
  );
});

test('outside Nx the summary and the page name the command alone', () => {
  const gated = {
    status: 'gated' as const,
    missing: ['integration', 'slow'],
    markers: ['integration', 'slow'],
  };
  const ledger = ledgerWith([{}, gated]);
  const summary = plain(formatSummary(ledger, createRegistry()));
  expect(summary.split('\n').slice(-2)).toEqual([
    ' gated               tests  run them with',
    ' integration + slow      1  npx --no-install drydock run --run-integration --run-slow',
  ]);
  expect(htmlReport(ledger, createRegistry())).not.toContain('nx run-many');
  expect(htmlReport(ledger, registry)).toContain(
    '<code>nx run-many -t slow</code> or <code>--run-slow</code>',
  );
});

test('services stand with version, provenance and their tests, or with the reason why they are not there', () => {
  const ledger = ledgerWith([{ backend: 'redis' }, { backend: 'redis', status: 'failed' }], {
    level: 'integration',
    granted: ['integration'],
    scope: 'lan',
    services: [
      { backend: 'redis', status: 'available', version: '7.0.15', provenance: 'local binary' },
      { backend: 'qdrant', status: 'unavailable', reason: 'QDRANT_URL not set, no Docker' },
    ],
  });
  const text = plain(formatSummary(ledger, registry));
  expect(text).toContain(' drydock  integration · lan · guard active 1/1\n');
  expect(text).toMatch(/^ redis +7\.0\.15 +local binary +1 passed +1 failed$/m);
  expect(text).toMatch(/^ qdrant +unavailable: QDRANT_URL not set, no Docker$/m);
});

test('the page says defect for people and keeps the id in its address', () => {
  const page = htmlReport(failing('mechanism'), registry);
  expect(page).toContain('value="mechanism">defect</option>');
  expect(page).toContain('<p class="kind">defect / ');
});
