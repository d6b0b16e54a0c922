import { describe, expect, test } from 'vitest';
import { readReport } from '../read-report.js';
import { triage } from '../triage.js';
import { REAL } from './real-reports.fixture.js';

const read = (text: string) => readReport('report', text, { env: {} });
const classes = (text: string) =>
  triage([read(text)]).map((failure) => `${failure.test} ${failure.class}/${failure.subclass}`);
const sure = (text: string) => triage([read(text)]).map(({ class: its }) => its);

test.each([
  ['MOCHA_JSON', 'mocha-json'],
  ['MOCHAWESOME', 'mochawesome'],
  ['NODE_TAP', 'tap'],
  ['GO_JSON', 'go-test'],
  ['GO_LOG', 'log'],
  ['JEST_LOG', 'log'],
  ['MOCHA_LOG', 'log'],
  ['PYTEST_LOG', 'log'],
  ['CARGO_LOG', 'log'],
] as const)('%s, as its runner wrote it', (name, format) => {
  expect(read(REAL[name]).format).toBe(format);
  expect(sure(REAL[name]).sort()).toEqual(['environment', 'mechanism']);
  expect(classes(REAL[name]).every((each) => /(?:refused|assertion)$/.test(each))).toBe(true);
});

describe('after the published schema', () => {
  const REFUSED = 'connect ECONNREFUSED 127.0.0.1:1';

  test('Playwright: of several tries the last that failed', () => {
    const results = [
      { status: 'failed', errors: [{ message: 'Error: read ECONNRESET' }] },
      {
        status: 'failed',
        errors: [{ message: `Error: \u001b[31m${REFUSED}\u001b[39m`, stack: `Error: ${REFUSED}` }],
      },
    ];
    const spec = (title: string, status: string) => ({
      title,
      file: 'a.spec.ts',
      tests: [{ status, results }],
    });
    const suites = [
      {
        title: 'a.spec.ts',
        file: 'a.spec.ts',
        specs: [spec('flaky', 'flaky')],
        suites: [{ title: 'shop', file: 'a.spec.ts', specs: [spec('buys', 'unexpected')] }],
      },
    ];
    expect(classes(JSON.stringify({ config: {}, suites, errors: [], stats: { unexpected: 1 } }))).toEqual([
      'a.spec.ts::shop > buys environment/refused',
    ]);
  });

  test('CTRF, pytest-json-report and Allure', () => {
    const ctrf = {
      results: {
        tool: { name: 'x' },
        summary: {},
        tests: [
          { name: 'a', status: 'failed', filePath: 'a.ts', message: REFUSED },
          { name: 'b', status: 'passed' },
        ],
      },
    };
    const crash = {
      path: 'a.py',
      lineno: 3,
      message: 'ConnectionRefusedError: [Errno 111] Connection refused',
    };
    const pytest = {
      created: 1,
      exitcode: 1,
      summary: { failed: 1 },
      tests: [
        {
          nodeid: 'a.py::t',
          outcome: 'failed',
          call: { outcome: 'failed', crash, longrepr: `E   ${crash.message}` },
        },
      ],
    };
    const allure = {
      uuid: 'u',
      historyId: 'h',
      status: 'broken',
      fullName: 'a.ts: t',
      statusDetails: { message: REFUSED },
    };
    expect([ctrf, pytest, allure].flatMap((report) => classes(JSON.stringify(report)))).toEqual([
      'a.ts::a environment/refused',
      'a.py::t environment/refused',
      'a.ts: t environment/refused',
    ]);
  });

  test('TRX and NUnit 3', () => {
    const inside = (message: string, stack: string) =>
      `<${message}>System.Net.Sockets.SocketException : Connection refused</${message}><${stack}>at A.B()</${stack}>`;
    const trx = `<?xml version="1.0"?><TestRun><Results><UnitTestResult testName="A.b" outcome="Failed"><Output><ErrorInfo>${inside('Message', 'StackTrace')}</ErrorInfo></Output></UnitTestResult><UnitTestResult testName="A.c" outcome="Passed"/></Results></TestRun>`;
    const nunit = `<?xml version="1.0"?><test-run><test-suite><test-case fullname="A.b" classname="A" result="Failed"><failure>${inside('message', 'stack-trace')}</failure></test-case></test-suite></test-run>`;
    expect([trx, nunit].map((xml) => [read(xml).format, ...classes(xml)])).toEqual([
      ['trx', 'A.b environment/refused'],
      ['nunit', 'A::A.b environment/refused'],
    ]);
  });
});

test('a block of TAP whose end is missing ends with the next point', () => {
  const points = 'not ok 1 - a\n  ---\n  message: boom\nnot ok 2 - b\n  ---\n  error: bang\n  ...\n';
  expect(triage([read(`TAP version 13\n${points}1..2\n`)]).map(({ evidence }) => evidence)).toEqual([
    'boom',
    'bang',
  ]);
});

describe('TAP whose message is a heading', () => {
  const point = (details: string, message: string, at: string) =>
    `TAP version 13\nnot ok 1 - pays\n  ---\n    name: AssertionError\n    details:\n${details}\n    message: ${message}\n    at: ${at}\n  ...\n\n1..1\n`;
  const thrown = (key: string, ...lines: string[]) =>
    `      '${key}': |-\n${lines.map((line) => `        ${line}`).join('\n')}`;
  const REJECTED = 'Rejected promise returned by test';
  const SOCKET = "'Socket.<anonymous> (node:net:1611:16)'";

  test.each([
    [
      'environment/reset',
      point(
        thrown(
          `${REJECTED}. Reason:`,
          'Error {',
          "  code: 'ECONNRESET',",
          "  message: 'read ECONNRESET',",
          '}',
        ),
        REJECTED,
        SOCKET,
      ),
    ],
    [
      'environment/login',
      point(
        thrown('Error thrown in test:', 'Error (HttpError) {', '  status: 401,', "  message: 'no',", '}'),
        'Error thrown in test',
        '>-\n      f\n      (/repo/node_modules/c/i.js:1:2)',
      ),
    ],
    [
      'mechanism/defect',
      point(
        thrown('Error thrown in test:', 'TypeError {', "  message: 'x is not a function',", '}'),
        'Error thrown in test',
        "'file:///repo/src/a.js:1:2'",
      ),
    ],
    [
      'mechanism/assertion',
      point(
        thrown('Difference (- actual, + expected):', "- 'connect ECONNREFUSED'", "+ 'none'"),
        "''",
        "'file:///repo/a.test.js:1:2'",
      ),
    ],
    [
      'harness/test-code',
      "TAP version 13\n# Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'left' imported from /repo/a.test.mjs\n#     at f (node:internal/modules/esm/resolve:283:11)\n# Node.js v20.20.2\n# Subtest: a.test.mjs\nnot ok 1 - a.test.mjs\n  ---\n  failureType: 'testCodeFailure'\n  exitCode: 1\n  error: 'test failed'\n  code: 'ERR_TEST_FAILURE'\n  ...\n1..1\n",
    ],
  ])('%s', (expected, text) => {
    expect(classes(text).map((each) => each.split(' ').at(-1))).toEqual([expected]);
  });
});

test('node:test: the error inside its own, in JUnit and in its text', () => {
  const cause =
    'TypeError [Error]: fetch failed\n      at f (node:internal/deps/undici/undici:1:2) {\n    [cause]: Error: connect ECONNREFUSED 127.0.0.1:9\n        at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)';
  const xml = `<testsuites><testcase name="a" classname="test"><failure type="testCodeFailure" message="fetch failed">[Error [ERR_TEST_FAILURE]: fetch failed] {\n  code: 'ERR_TEST_FAILURE',\n  failureType: 'testCodeFailure',\n  cause: ${cause} {\n  }\n}</failure></testcase></testsuites>`;
  const spec = `✖ a (1.5ms)\n  ${cause}\n  }\n\nℹ tests 1\nℹ fail 1\n`;
  expect([xml, spec].flatMap(classes).map((each) => each.split(' ').at(-1))).toEqual([
    'environment/refused',
    'environment/refused',
  ]);
});

test('JSON behind what npm prints first is read', () => {
  const text = `\n> shop@1.0.0 test\n> vitest run --reporter=json\n\n${REAL.MOCHA_JSON}\nnpm error Lifecycle script failed\n`;
  expect(classes(text)).toHaveLength(2);
});

describe('a report that counts failures and holds none is not green', () => {
  test.each([
    ['<testsuites errors="1"><testsuite name="a" errors="1"><testcase name="b"/></testsuite></testsuites>'],
    ['{"success":false,"testResults":[{"name":"a","status":"passed","assertionResults":[]}]}'],
    ['{"stats":{"failures":0},"failures":[],"tests":[],"success":false}'],
  ])('%s', (text) => {
    expect(classes(text)).toEqual(['(outside any test) unknown/untold']);
  });
});

describe('a job that fails before or beside its tests', () => {
  const job = (...lines: string[]) =>
    classes(
      [...lines, '##[error]Process completed with exit code 1.']
        .map((line) => `2026-01-02T03:04:05.0000000Z ${line}`)
        .join('\n'),
    );

  test.each([
    ['environment/registry', 'npm error code ECONNRESET', 'npm error network read ECONNRESET'],
    ['environment/registry', 'E: Failed to fetch http://mirror.example/x.deb  502  Bad Gateway'],
    ['environment/rate-limit', 'Error response: toomanyrequests: too many pulls'],
    [
      'environment/registry',
      'WARNING: Retrying after connection broken: Connection refused: /simple/x/',
      'ERROR: No matching distribution found for x',
    ],
    [
      'environment/registry',
      'error An unexpected error occurred: "https://registry.example/a.tgz: ESOCKETTIMEDOUT".',
      '$ yarn install --frozen-lockfile',
    ],
    [
      'environment/unreachable',
      'psql: error: connection to server at "127.0.0.1", port 9 failed: Connection refused',
    ],
    ['environment/unreachable', 'ssh: connect to host deploy.example port 22: Connection timed out'],
    ['environment/disk-full', 'tar: write error: No space left on device'],
    ['environment/out-of-memory', 'FATAL ERROR: Reached heap limit - JavaScript heap out of memory'],
    ['environment/runner-lost', 'The hosted runner lost communication with the server.'],
    ['environment/cancelled', '##[error]The operation was canceled.'],
    ['mechanism/compile', 'src/a.ts(3,9): error TS2304: Cannot find name x.'],
    ['mechanism/compile', 'error[E0425]: cannot find value `x` in this scope'],
    [
      'mechanism/install',
      'curl: (56) Recv failure: Connection reset by peer',
      'Successfully installed six-1.16.0',
      'ERROR: No matching distribution found for x',
    ],
    [
      'mechanism/command',
      'curl: (56) Recv failure: Connection reset by peer',
      'downloaded tool.tgz',
      "TypeError: Cannot read properties of undefined (reading 'run')",
    ],
    ['mechanism/lint', '✖ 3 problems (3 errors, 0 warnings)'],
    ['mechanism/install', 'npm error code ERESOLVE', 'npm error ERESOLVE unable to resolve dependency tree'],
  ])('%s', (expected, ...lines) => {
    expect(job('Run npm ci', ...lines)).toEqual([`(job) ${expected}`]);
  });

  test('the last failure counts, and not what was tried again before it', () => {
    expect(
      job('npm warn retry: ECONNRESET, will retry', 'npm http fetch 200', 'a.ts(1,1): error TS1005: x'),
    ).toEqual([`(job) ${'mechanism/compile'}`]);
  });
});
