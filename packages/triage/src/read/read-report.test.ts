import { describe, expect, test } from 'vitest';
import { readReport } from './read-report.js';
import { VITEST_JSON, VITEST_JUNIT } from './reports.fixture.js';
import { triage } from './triage.js';

const classes = (...reports: [name: string, text: string][]) =>
  Object.fromEntries(
    triage(reports.map(([name, text]) => readReport(name, text, { env: {} }))).map((failure) => [
      failure.test,
      `${failure.class}/${failure.subclass}${failure.confidence < 0.7 ? '?' : ''}`,
    ]),
  );

describe('Vitest', () => {
  test('JSON: codes stand in words, causes and timeouts are lost; a retry that passed is not a failure', () => {
    expect(classes(['a.json', VITEST_JSON])).toEqual({
      '/repo/src/a.test.ts::refused': 'environment/refused',
      '/repo/src/a.test.ts::fetch': 'environment/unreachable?',
      '/repo/src/a.test.ts::timeout': 'mechanism/deadline-overrun?',
      '/repo/src/a.test.ts::thrown object': 'mechanism/unexplained?',
      '/repo/src/c.test.ts::killed': 'unknown/worker-killed?',
      '/repo/src/d.test.ts::(file)': 'mechanism/defect',
      '/repo/src/e.test.ts::(hook or file)': 'unknown/untold?',
    });
  });

  const IN_JUNIT = {
    'src/a.test.ts::refused': 'environment/refused',
    'src/a.test.ts::fetch': 'environment/dns',
    'src/a.test.ts::timeout': 'mechanism/deadline-overrun?',
    'src/a.test.ts::thrown object': 'environment/reset',
    'src/a.test.ts::hook': 'environment/login',
    'src/c.test.ts::killed': 'unknown/worker-killed?',
    'src/d.test.ts::src/d.test.ts': 'mechanism/defect',
    'src/e.test.ts::suite': 'mechanism/unexplained?',
  };

  test('JUnit: causes, codes, hooks and a worker that was gone', () => {
    expect(classes(['a.xml', VITEST_JUNIT])).toEqual(IN_JUNIT);
  });

  test('both of one run: each failure once, with the most that either tells', () => {
    expect(classes(['a.json', VITEST_JSON], ['a.xml', VITEST_JUNIT])).toEqual(IN_JUNIT);
    expect(classes(['a.xml', VITEST_JUNIT], ['a.json', VITEST_JSON])).toEqual(IN_JUNIT);
  });

  test('a file that does not load stands once, also where nothing else ran', () => {
    const json = {
      testResults: [
        {
          name: '/repo/src/a.test.ts',
          status: 'failed',
          message: 'top level',
          endTime: Date.parse('2026-11-23T10:00:00Z'),
          assertionResults: [],
        },
      ],
    };
    const xml = `<testsuites name="vitest tests"><testsuite name="src/a.test.ts" timestamp="2026-11-23T10:00:00Z">
      <testcase classname="src/a.test.ts" name="src/a.test.ts" time="0"><failure message="top level" type="Error"/></testcase></testsuite></testsuites>`;
    expect(classes(['a.json', JSON.stringify(json)], ['a.xml', xml])).toEqual({
      'src/a.test.ts::src/a.test.ts': 'mechanism/unexplained?',
    });
  });

  test('Vitest 5 writes into JUnit what failed outside any test', () => {
    const xml = `<testsuites name="vitest tests"><testsuite name="vitest unhandled errors">
      <testcase classname="vitest unhandled errors" name="Unhandled Error: pool" time="0"><error message="[vitest-pool]: Worker forks emitted error." type="Error">Error: [vitest-pool]: Worker forks emitted error.
Caused by: Error: Worker exited unexpectedly with signal SIGKILL during started state</error></testcase></testsuite></testsuites>`;
    expect(Object.values(classes(['a.xml', xml]))).toEqual(['unknown/worker-killed?']);
  });

  test('reports of two runs stay apart', () => {
    const later = VITEST_JUNIT.replaceAll('2026-11-23', '2026-11-24');
    expect(Object.keys(classes(['a.json', VITEST_JSON], ['a.xml', later]))).toHaveLength(7 + 8);
  });

  test('a test without a time counts as killed in Vitest’s reports alone', () => {
    const other = VITEST_JUNIT.replace('name="vitest tests"', 'name="other tests"');
    expect(classes(['a.xml', other])).not.toHaveProperty('src/c.test.ts::killed');
  });
});

describe('other runners', () => {
  test('jest: JSON with details; pending means skipped', () => {
    const report = {
      numRuntimeErrorTestSuites: 0,
      testResults: [
        {
          name: '/repo/a.test.js',
          status: 'failed',
          assertionResults: [
            {
              title: 'reads',
              ancestorTitles: ['db'],
              status: 'failed',
              failureMessages: ['TypeError: fetch failed\n    at node:internal'],
              failureDetails: [{ cause: {}, code: 'ECONNREFUSED' }],
            },
            {
              title: 'equals',
              status: 'failed',
              failureMessages: ['Error: expect(received).toBe(expected)\n\nExpected: 1'],
            },
            { title: 'later', status: 'pending', failureMessages: [] },
          ],
        },
      ],
    };
    expect(classes(['jest.json', JSON.stringify(report)])).toEqual({
      '/repo/a.test.js::db > reads': 'environment/refused',
      '/repo/a.test.js::equals': 'mechanism/assertion',
    });
  });

  test('jest-junit, mocha, playwright and pytest', () => {
    const xml = `<testsuites>
      <testsuite name="jest"><testcase classname="a" name="jest"><failure>Error: connect ECONNREFUSED 127.0.0.1:5432
    at TCPConnectWrap.afterConnect (node:net:1:1)</failure></testcase></testsuite>
      <testsuite name="mocha" file="/repo/b.js"><testcase classname="b" name="mocha"><failure message="getaddrinfo EAI_AGAIN db1" type="Error"><![CDATA[Error: getaddrinfo EAI_AGAIN db1
    at GetAddrInfoReqWrap.onlookup]]></failure></testcase></testsuite>
      <testsuite name="c.spec.ts"><testcase classname="c.spec.ts" name="playwright"><failure message="c.spec.ts:3:1 shows" type="FAILURE"><![CDATA[  [chromium] › c.spec.ts:3:1 › shows

    Error: expect(locator).toBeVisible() failed]]></failure></testcase></testsuite>
      <testsuite name="pytest" errors="1"><testcase classname="tests.test_d" name="pytest"><failure message="ConnectionRefusedError: [Errno 111] Connection refused">def test_d():
E   ConnectionRefusedError: [Errno 111] Connection refused</failure></testcase>
      <testcase classname="tests.test_d" name="assert"><failure message="AssertionError: assert 1 == 2">E assert 1 == 2</failure></testcase>
      <testcase classname="tests.test_d" name="xfail"><skipped type="pytest.xfail" message="known"/></testcase></testsuite>
      <testsuite name="surefire"><testcase classname="E" name="flaky"><flakyFailure message="read ECONNRESET">x</flakyFailure></testcase>
      <error message="listen EADDRINUSE: address already in use :::3000"/></testsuite>
    </testsuites>`;
    expect(classes(['all.xml', xml])).toEqual({
      'a::jest': 'environment/refused',
      'b::mocha': 'environment/dns',
      'c.spec.ts::playwright': 'mechanism/assertion',
      'tests.test_d::pytest': 'environment/refused',
      'tests.test_d::assert': 'mechanism/assertion',
      'surefire::(outside any test)': 'environment/port-in-use',
    });
  });
});

test('the system’s words in an error of the project itself are not enough to excuse it', () => {
  const failing = (frame: string) =>
    JSON.stringify({
      testResults: [
        {
          name: '/repo/a.test.ts',
          status: 'failed',
          assertionResults: [
            { title: 'a', status: 'failed', failureMessages: [`Error: read ECONNRESET\n    at ${frame}`] },
          ],
        },
      ],
    });
  const of = (frame: string) => Object.values(classes(['a.json', failing(frame)]));
  expect(of('TCP.onStreamRead (node:internal/stream_base_commons:1:1)')).toEqual(['environment/reset']);
  expect(of('/repo/node_modules/pg-pool/index.js:45:11')).toEqual(['environment/reset']);
  expect(of('Adapter.retrieve (/repo/src/adapter.ts:3:9)')).toEqual(['environment/reset?']);
  const junit = `<testsuites name="vitest tests"><testsuite name="a"><testcase classname="a" name="a" time="1">
    <failure message="read ECONNRESET" type="Error">Error: read ECONNRESET\n ❯ src/adapter.ts:3:9</failure></testcase></testsuite></testsuites>`;
  expect(Object.values(classes(['a.xml', junit]))).toEqual(['environment/reset?']);
});

test('a ledger keeps the chain, so that a defect is never excused for want of evidence', () => {
  const entry = (name: string, failure: object) => ({
    id: `a.test.ts::${name}`,
    file: 'a.test.ts',
    name,
    status: 'failed',
    failure,
  });
  const ledger = {
    schemaVersion: 1,
    guard: { blocked: [{ test: 'a.test.ts::blocked', protocol: 'tcp', host: 'db1', port: 5432 }] },
    tests: [
      entry('odd', { errors: [{ name: 'Error', message: 'odd' }] }),
      entry('deep', {
        errors: [
          {
            name: 'Error',
            message: 'outer',
            causes: [{ name: 'Error', message: 'x', code: 'ECONNREFUSED' }],
          },
        ],
      }),
      entry('blocked', { errors: [{ name: 'Error', message: 'no connection' }] }),
      entry('service', {
        class: 'environment',
        subclass: 'login',
        code: '28P01',
        evidence: 'refused',
        remedy: 'check',
      }),
      { id: 'a.test.ts::fine', status: 'passed' },
    ],
  };
  expect(classes(['ledger.json', JSON.stringify(ledger)])).toEqual({
    'a.test.ts::odd': 'mechanism/unexplained?',
    'a.test.ts::deep': 'environment/refused',
    'a.test.ts::blocked': 'harness/missing-marker',
    'a.test.ts::service': 'environment/login',
  });
});
