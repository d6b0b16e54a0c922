import { expect, test } from 'vitest';
import { readReport } from './read-report.js';
import { fromTraceback } from './traceback.js';
import { triage } from './triage.js';

const START = 'Traceback (most recent call last):';
const OWN = '  File "/repo/app/pay.py", line 7, in pay\n    return call()\n           ^^^^^^';
const PACKAGE = '  File "/venv/lib/python3.12/site-packages/client/api.py", line 40, in call';
const HANDLING = '\nDuring handling of the above exception, another exception occurred:\n';
const DIRECT = '\nThe above exception was the direct cause of the following exception:\n';
const traceback = (error: string, frame = `${OWN}\n${PACKAGE}`) => `${START}\n${frame}\n${error}\n`;
const unittest = (body: string) =>
  `E\n${'='.repeat(70)}\nERROR: test_pays (tests.test_pay.PayTest.test_pays)\n${'-'.repeat(70)}\n${body}\n${'-'.repeat(70)}\nRan 1 test in 0.1s\n\nFAILED (errors=1)\n`;
const named = (log: string) =>
  triage([readReport('log', log, { env: {} })]).map(
    ({ class: its, subclass, evidence }) => `${its}/${subclass} ${evidence.split('\n')[0]}`,
  );

test('the error comes first, then its frames from the inside', () => {
  expect(fromTraceback(traceback('client.errors.ApiError: no\nmore'))).toBe(
    'client.errors.ApiError: no\nmore\n    at call (/venv/lib/python3.12/site-packages/client/api.py:40:1)\n    at pay (/repo/app/pay.py:7:1)',
  );
});

test.each([
  [
    '(404)\nReason: Not Found\nHTTP response headers: {"Keep-Alive": "timeout=5"}',
    'mechanism/rejected (404)',
  ],
  ['ConnectionRefusedError: [Errno 111] Connection refused', 'environment/refused ConnectionRefusedError'],
])('unittest: the error is read, and not the ruler above it: %s', (words, expected) => {
  const error = words.startsWith('(') ? `client.exceptions.ApiException: ${words}` : words;
  expect(named(unittest(traceback(error)))[0]).toContain(expected.split(' ')[0]);
  expect(named(unittest(traceback(error)))[0]).toContain(expected.split(' ')[1]);
});

test.each([
  ['a cause', DIRECT, 'app.PayError: it did not work', 'environment/refused'],
  ['an error that was handled', HANDLING, 'app.PayError: it did not work', 'environment/refused'],
  [
    'a mistake in the handler',
    HANDLING,
    "AttributeError: 'x' object has no attribute 'y'",
    'mechanism/defect',
  ],
])('%s', (_, link, error, expected) => {
  const first = traceback('ConnectionRefusedError: [Errno 111] Connection refused');
  expect(named(unittest(`${first}${link}\n${traceback(error)}`))[0]).toContain(expected);
});

test('what a package tried and went on from is no cause', () => {
  const pool = traceback('IndexError: pop from an empty deque', PACKAGE);
  const log = unittest(
    `${pool}${HANDLING}\n${traceback('ConnectionResetError: [Errno 104] Connection reset by peer')}`,
  );
  expect(named(log)[0]).toContain('environment/reset');
});

test('an error behind a long traceback is read', () => {
  const frames = Array.from({ length: 90 }, (_, at) => PACKAGE.replace('40', String(at))).join('\n');
  const xml = `<testsuites><testsuite name="s"><testcase classname="a" name="b"><error type="OSError" message="">${traceback('OSError: [Errno 113] No route to host', frames.replaceAll('"', '&quot;'))}</error></testcase></testsuite></testsuites>`;
  expect(named(xml)[0]).toContain('environment/routing');
});

test('a traceback that another error quotes is data', () => {
  const text = `app.PayError: the worker said\n${traceback('ConnectionRefusedError: [Errno 111] Connection refused')}`;
  expect(fromTraceback(text)).toBeUndefined();
});

test('of a job the error that its program ended with is read', () => {
  const end = '##[error]Process completed with exit code 1.\n';
  const rust =
    'thread \'main\' panicked at src/main.rs:9:5:\ncalled `Result::unwrap()` on an `Err` value: Io(Os { code: 61, kind: ConnectionRefused, message: "Connection refused" })\n';
  const python = traceback('db.OperationalError: password authentication failed for user "ci"');
  const own = traceback("KeyError: 'total'");
  expect([rust, python, own].map((log) => named(`Run make\n${log}${end}`)[0]?.split(' ')[0])).toEqual([
    'environment/refused',
    'environment/login',
    'mechanism/command',
  ]);
});
