import { describe, expect, test } from 'vitest';
import { readReport } from './read-report.js';
import { triage } from './triage.js';

const classes = ([name, text]: readonly [name: string, text: string]) =>
  triage([readReport(name, text, { env: {} })]).map(
    (failure) => `${failure.class}/${failure.subclass}${failure.confidence < 0.7 ? '?' : ''}`,
  );

describe('what the code under test calls its own failure', () => {
  const of = (frame: string, header: string, properties = '') => {
    const [type = ''] = header.split(':');
    const xml = `<testsuites name="vitest tests"><testsuite name="a"><testcase classname="a" name="a" time="1">
      <failure message="${header.slice(type.length + 2)}" type="${type}">${header}\n ❯ ${frame}\n\n⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯\n${properties}</failure></testcase></testsuite></testsuites>`;
    const json = JSON.stringify({
      testResults: [
        {
          status: 'failed',
          assertionResults: [{ status: 'failed', failureMessages: [`${header}\n    at ${frame}`] }],
        },
      ],
    });
    return [['a.xml', xml] as const, ['a.json', json] as const].flatMap(classes);
  };
  const PACKAGE = 'fail (/repo/node_modules/client/index.js:1:9)';

  test.each([
    ['Error: 429 is not a prime', '', 'environment/rate-limit'],
    ['Error: 402 rows came instead of 3', '', 'environment/quota'],
    ['AuthenticationError: nobody is logged in', '', 'environment/login'],
  ])('%s', (header, properties, ofPackage) => {
    expect(of('src/app.ts:3:9', header, properties)).toEqual(Array(2).fill('mechanism/unexplained?'));
    expect(of('app.test.ts:3:9', header, properties)).toEqual(Array(2).fill('mechanism/unexplained?'));
    expect(of(PACKAGE, header, properties)).toEqual(Array(2).fill(ofPackage));
  });

  test('words that are a server’s elsewhere are likely, and excuse nothing', () => {
    expect(of('src/app.ts:3:9', 'Error: out of memory')).toEqual(Array(2).fill('environment/out-of-memory?'));
    expect(of(PACKAGE, 'Error: out of memory')).toEqual(Array(2).fill('environment/out-of-memory'));
  });

  test('a status that the code under test sets is not a server’s', () => {
    const of500 = (frame: string) =>
      of(frame, 'ApiError: the handler threw', 'Serialized Error: { status: 500 }')[0];
    expect(of500('src/app.ts:3:9')).toBe('mechanism/unexplained?');
    expect(of500(PACKAGE)).toBe('environment/unavailable');
  });

  test('an error of another language with a number is not one', () => {
    const xml =
      '<testsuite name="a"><testcase classname="a" name="a"><failure message="401" type="java.lang.IllegalStateException">java.lang.IllegalStateException: 401\n\tat x.Y(Y.java:1)</failure></testcase></testsuite>';
    expect(classes(['a.xml', xml])).toEqual(['mechanism/unexplained?']);
  });
});

describe('what a client says where a report lost its name', () => {
  const of = (message: string) => {
    const assertionResults = [{ status: 'failed', failureMessages: [message] }];
    return classes(['a.json', JSON.stringify({ testResults: [{ status: 'failed', assertionResults }] })]);
  };
  const at = (place: string) =>
    `\n    at f (/repo/node_modules/${place}/index.js:1:2)\n    at /repo/a.test.ts:1:2`;

  test.each([
    ['Error: WRONGPASS invalid username-password pair or user is disabled.', '@redis/client', 'login'],
    ['ServiceUnavailableError: 503 overloaded', '@anthropic-ai/sdk', 'unavailable'],
    ['Error: Unauthorized', '@qdrant/openapi-typescript-fetch', 'login'],
    ['Error: Service Unavailable', '@qdrant/openapi-typescript-fetch', 'unavailable'],
    ['RequestUnauthorized: Request failed with HTTP code 401 | Server said: no', 'typesense', 'login'],
    ['AxiosError: Request failed with status code 407', 'axios', 'proxy'],
  ])('%s', (message, place, subclass) => {
    expect(of(message + at(place))).toEqual([`environment/${subclass}`]);
  });

  test('Vitest 5 gives an assertion about a rejection no name', () => {
    expect(
      of(
        "Error: expected [Function] to throw error including 'x' but got 'connect ECONNREFUSED 127.0.0.1:1'\n    at _Assertion.__VITEST_REJECTS__ (file:///repo/node_modules/vitest/dist/chunks/index.js:1:2)",
      ),
    ).toEqual(['mechanism/wrong-error-class']);
  });
});
