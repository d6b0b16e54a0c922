import { describe, expect, test } from 'vitest';
import { factsFromText } from '../read/facts-from-text.js';
import { classify } from './classify.js';

const IN_PACKAGE = '\n    at f (file:///repo/node_modules/client/index.js:1:2)';
const IN_CODE = '\n    at load (/repo/src/load.ts:1:2)';
const verdict = (text: string) => classify({ errors: [factsFromText(text)], complete: false });
const named = (text: string) => {
  const { class: failureClass, subclass } = verdict(text);
  return `${failureClass}/${subclass}`;
};

describe('kinds of evidence, whoever the client is', () => {
  test.each([
    [
      'a code of a driver in the place of the system’s',
      'Error: write CONNECT_TIMEOUT 127.0.0.1:5',
      'environment/unresponsive',
    ],
    ['SQL’s own class', 'SqlError: (conn:-1, no: 1, SQLState: 28000) no', 'environment/login'],
    ['MySQL’s code in brackets', 'PDOException: SQLSTATE[HY000] [2002] No', 'environment/refused'],
    ['a vendor’s code', 'Error: ORA-12541: Cannot connect. No listener', 'environment/refused'],
    [
      'the JSON of an answer',
      `Error: {"error":{"type":"rate_limit_error"}}${IN_PACKAGE}`,
      'environment/rate-limit',
    ],
    [
      'a reason of HTTP before a colon',
      `Error: Unauthorized: the key is old${IN_PACKAGE}`,
      'environment/login',
    ],
    [
      'a system’s error within Rust’s own',
      'called `Result::unwrap()` on an `Err` value: Client(Connect(Os { code: 60, kind: TimedOut, message: "Operation timed out" }))',
      'environment/unresponsive',
    ],
    [
      'a database’s code within Rust’s own',
      'called `Result::unwrap()` on an `Err` value: Database(PgDatabaseError { severity: Fatal, code: "28P01", message: "no" })',
      'environment/login',
    ],
    [
      'a status before its reason',
      `ApiException: (503)\nReason: Busy${IN_PACKAGE}`,
      'environment/unavailable',
    ],
    [
      'headers of an answer',
      `ApiException: (409)\nReason: Conflict\nHTTP response headers: {'Keep-Alive': 'timeout=5'}${IN_PACKAGE}`,
      'mechanism/rejected',
    ],
    [
      'an option that is called timeout',
      `Error: request was refused: keep-alive timeout=5, no such field${IN_PACKAGE}`,
      'mechanism/rejected',
    ],
    [
      'a greeting of another protocol',
      `Error: unexpected response: 'SSH-2.0-OpenSSH_9'${IN_PACKAGE}`,
      'environment/wrong-service',
    ],
    [
      'a misused mock of Java',
      'org.mockito.exceptions.misusing.UnfinishedVerificationException: x',
      'harness/test-code',
    ],
    [
      'a complaint of JUnit 5',
      'org.junit.jupiter.api.extension.ParameterResolutionException: No ParameterResolver registered',
      'harness/test-code',
    ],
    [
      'a mock of Java that was not called',
      'org.mockito.exceptions.verification.NoInteractionsWanted: x',
      'mechanism/assertion',
    ],
    [
      'a resource of the tests in Java',
      'java.nio.file.NoSuchFileException: src/test/resources/a.json',
      'harness/test-code',
    ],
    [
      'a matcher that does not exist',
      'TypeError: expect(...).toBeOdd is not a function',
      'harness/test-code',
    ],
    ['what cannot be spied on', 'Error: Property `go` does not have access type get', 'harness/test-code'],
    ['a name', 'my.pkg.BrokerConnectionError: it did not work', 'environment/unreachable'],
    [
      'what a program printed',
      `Error: Command failed: curl x\ncurl: (6) Could not resolve host: db${IN_CODE}`,
      'environment/dns',
    ],
    [
      'a code anywhere',
      `Error: gave up after 3 tries, the last was ECONNREFUSED${IN_CODE}`,
      'environment/refused',
    ],
    [
      'a status of gRPC',
      '_InactiveRpcError: x\n\tstatus = StatusCode.UNAVAILABLE',
      'environment/unavailable',
    ],
    [
      'a page for data',
      `SyntaxError: Unexpected token '<', "<html><hea"... is not valid JSON${IN_CODE}`,
      'environment/wrong-service',
    ],
  ])('%s', (_, text, expected) => {
    expect(named(text)).toBe(expected);
  });
});

describe('defects that look like outages', () => {
  test.each([
    [
      'a port of 0, which Node leaves out',
      `Error: connect ECONNREFUSED 127.0.0.1\n    at TCPConnectWrap (node:net:1:2)`,
    ],
    [
      'an error that a mock made',
      `Error: timeout of 0ms exceeded\n    at AxiosError.from (/repo/node_modules/axios/a.js:1:2)\n    at f (/repo/node_modules/axios-mock-adapter/utils.js:1:2)`,
    ],
    [
      'a status of a program is not one of HTTP',
      `Error: Command failed: x${IN_CODE}\nSerialized Error: { status: 125 }`,
    ],
    ['an error of the language', "KeyError: 'timeout'"],
    [
      'a table that is missing',
      'sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: orders',
    ],
    ['a page that is not there', 'urllib.error.HTTPError: HTTP Error 404: Not Found'],
  ])('%s', (_, text) => {
    expect(verdict(text).class).toBe('mechanism');
  });

  test.each([
    ['words of the network in own code', `Error: could not connect to the graph: ECONNREFUSED${IN_CODE}`],
    ['a name of the network in own code', `BrokerConnectionError: node a knows no node b${IN_CODE}`],
    ['a package that waited in vain', `TimeoutError: Promise timed out after 100 ms${IN_PACKAGE}`],
  ])('%s are never enough to excuse a run', (_, text) => {
    expect(verdict(text).confidence).toBeLessThan(0.7);
  });
});

describe('two facts that agree are enough to excuse a run', () => {
  const late = (place: string) =>
    `client.PoolError: db:5432: Read timed out.${place}\n\nCaused by: TimeoutError: timed out${place}`;

  test.each([
    ['libcurl’s number and its words', "(28, 'Operation timed out after 2001 milliseconds')", true],
    ['libcurl’s number with other words', "(28, 'no time for that')", false],
    ['a number of the system and its words', 'Network is unreachable (os error 51)', true],
    ['a client that gave up, and the socket that was late', late(IN_PACKAGE), true],
    ['the same of the code under test', late(IN_CODE), false],
  ])('%s', (_, text, enough) => {
    const { class: failureClass, confidence } = verdict(text);
    expect(failureClass === 'environment' && confidence >= 0.7).toBe(enough);
  });
});

test.each([
  'called `Result::unwrap()` on an `Err` value: ParseIntError { kind: InvalidDigit }',
  'index out of bounds: the len is 2 but the index is 7',
  'attempt to subtract with overflow',
  'java.sql.SQLSyntaxErrorException: (conn=7) no',
])('a mistake that its language names is surely a defect: %s', (text) => {
  expect(verdict(text)).toMatchObject({ class: 'mechanism', confidence: 0.8 });
});
