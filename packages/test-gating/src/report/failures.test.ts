import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Failure, LedgerTest } from '../ledger/schema.js';
import { failureOfClass, ledgerWith } from '../testing/ledger.fixture.js';
import { formatFailures } from './failures.js';

const text = (tests: readonly Partial<LedgerTest>[], options = {}, granted: string[] = []) =>
  stripVTControlCharacters(formatFailures(ledgerWith(tests, { granted }), options).join('\n'));
const failed = (failure: Failure, rest: Partial<LedgerTest> = {}) =>
  ({ status: 'failed', failure, ...rest }) as const;

const ASSERTION: Failure = {
  ...failureOfClass('mechanism', 'AssertionError'),
  subclass: 'assertion',
  evidence: 'AssertionError: expected 3 to be 7',
  line: 7,
  detail: `AssertionError: expected 3 to be 7
    at /shop/src/price.test.ts:7:5
    at file:///shop/node_modules/vitest/dist/run.js:1:1
- Expected
+ Received

- 7
+ 3`,
  source: {
    file: 'src/price.test.ts',
    line: 7,
    column: 3,
    from: 5,
    text: "describe('total')\nconst sum = total();\n  expect(sum).toBe(7);\n});",
  },
};
const REFUSAL: Failure = {
  ...failureOfClass('harness', 'ERR_DRYDOCK_BLOCKED'),
  subclass: 'missing-marker',
  evidence:
    'HarnessError: Network guard refused a TLS connection to rates.example.com:443 (scope none) (ERR_DRYDOCK_BLOCKED)',
  line: 5,
  remedy:
    'Mark the test so that it may reach the network (the message names the marker), or let it run on a fake.',
  detail: `HarnessError: Network guard refused a TLS connection to rates.example.com:443 (scope none)
  tried    connect at /shop/src/price.ts:5:24
  test     asks for the rate
  file     /shop/src/price.test.ts
  marker   integration: *.integration.test.ts, or { tags: ['integration'] }
  run with drydock run --run-integration
  allow    drydock run --allow-host rates.example.com, or drydock({ guard: { allow: ['rates.example.com'] } })
  mock     answer HTTP with nock, msw or MockAgent; hand other clients a fake stream
    at rate (/shop/src/price.ts:5:18)`,
  source: {
    file: 'src/price.ts',
    line: 5,
    column: 18,
    from: 5,
    text: "  const answer = await fetch('https://rates.example.com/eur');",
  },
};

test('a wrong result names its test, the line, what differs, whose fault it is and how to run it again', () => {
  expect(text([failed(ASSERTION, { file: 'src/price.test.ts', name: 'total > adds' })])).toBe(
    ` 1 failure, one cause
 ✖ defect / assertion   expected 3 to be 7
     - 7
     + 3
     src/price.test.ts:7:3
     6 | const sum = total();
     7 |   expect(sum).toBe(7);
       |   ^
     8 | });
   where  src/price.test.ts:7 › total › adds
   fix    defect remedy
   again  npx --no-install drydock run 'src/price.test.ts::total > adds'`,
  );
});

test('a refused connection is told once, in twelve lines of a hundred columns', () => {
  const lines = text([failed(REFUSAL, { file: 'src/price.test.ts', name: 'asks' })], { width: 100 }).split(
    '\n',
  );
  expect(lines.length - 1).toBeLessThanOrEqual(12);
  expect(lines.filter((line) => line.includes('refused'))).toHaveLength(1);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
});

test('tests that share a cause stand together, with their servers and one command for their files', () => {
  const refused = { ...failureOfClass('environment'), subclass: 'refused', line: 4 };
  const shown = text(
    [
      failed(ASSERTION, { file: 'c.test.ts' }),
      failed(refused, { backend: 'redis', file: 'a.test.ts', name: 'keeps order' }),
      failed(refused, { backend: 'redis', file: 'a.test.ts' }),
      failed(refused, { backend: 'qdrant', file: 'b.test.ts' }),
    ],
    { detail: false },
    ['integration'],
  );
  expect(shown).toContain(
    ` 4 failures, 2 causes
 ✖ environment / refused   3 × environment evidence
   where  a.test.ts:4 › keeps order (+2)
   on     redis 2, qdrant 1
   fix    environment remedy
   again  npx --no-install drydock run --run-integration a.test.ts b.test.ts

 ✖ defect / assertion   expected 3 to be 7`,
  );
  expect(shown).toMatch(/ all of them {3}npx --no-install drydock run --run-integration --failed$/);
});

test.each([
  ['(file)', 'src/a.test.ts', 'run src/a.test.ts'],
  ['suite (hook)', 'src/a.test.ts', 'run src/a.test.ts'],
  ['(service) redis', '', 'run'],
  ["it's", 'src/a.test.ts', `run 'src/a.test.ts::it'\\''s'`],
])('what failed outside a test has no name that a run could select: %s', (name, file, command) => {
  const lines = text([failed(failureOfClass('harness'), { name, file })]).split('\n');
  expect(lines.at(-1)).toBe(`   again  npx --no-install drydock ${command}`);
});

test('lines of source are cut to the terminal, and nothing points into what was cut', () => {
  const source = { file: 'a.ts', line: 1, column: 200, from: 1, text: 'x'.repeat(300) };
  const lines = text([failed({ ...ASSERTION, source })], { width: 60 }).split('\n');
  for (const line of lines.filter((each) => !each.includes('again')))
    expect(line.length).toBeLessThanOrEqual(60);
  expect(lines.some((line) => line.endsWith('^'))).toBe(false);
});

test('nothing is printed of failures where there are none', () => {
  expect(text([{}])).toBe('');
});
