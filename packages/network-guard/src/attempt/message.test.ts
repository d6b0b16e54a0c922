import { describe, expect, it } from 'vitest';
import type { Attempt } from '../types.cjs';
import { BlockedError, isBlockedError } from './blocked-error.cjs';
import { defaultRemedy, formatAttempt } from './message.cjs';

const attempt: Attempt = {
  protocol: 'tls',
  host: 'api.example',
  port: 443,
  address: '192.0.2.1',
  frame: '/repo/src/client.ts:12:3',
  api: 'connect',
  scope: 'none',
  test: 'id-1',
  testName: 'answers politely',
  time: 0,
  pid: 1,
  thread: 0,
};

describe('the message', () => {
  it('names the attempt, its place, its test and every remedy', () => {
    expect(
      formatAttempt(attempt, {
        marker: 'llm-real',
        flag: '--run-llm-real',
        target: 'nx run-many -t llm-real',
      }),
    ).toBe(
      [
        'Network guard refused a TLS connection to api.example:443 (192.0.2.1) (scope none)',
        '  tried    connect at /repo/src/client.ts:12:3',
        '  test     answers politely',
        '  marker   llm-real',
        '  run with --run-llm-real   or   nx run-many -t llm-real',
        "  allow    DRYDOCK_GUARD_ALLOW=api.example:443, or `allow: ['api.example:443']`",
        '  mock     answer HTTP with nock, msw or MockAgent; hand other clients a fake stream',
      ].join('\n'),
    );
  });

  it('has a remedy for each protocol', () => {
    for (const protocol of [
      'udp',
      'dns',
      'unix',
      'listen',
      'child',
      'worker',
      'inspector',
      'binding',
      'addon',
      'tamper',
    ] as const)
      expect(defaultRemedy({ ...attempt, protocol }).mock).toMatch(/\w/);
  });
});

describe('isBlockedError', () => {
  const error = new BlockedError('no', attempt);
  it.each([
    ['itself', error],
    ['a cause', new TypeError('fetch failed', { cause: error })],
    ['a member of an aggregate', new AggregateError([new Error('x'), error])],
    ['a copy from another version of this package', { code: 'ERR_DRYDOCK_BLOCKED' }],
  ])('knows %s', (_, candidate) => {
    expect(isBlockedError(candidate)).toBe(true);
  });
  it.each([new Error('ECONNREFUSED'), undefined, null, 'text'])('does not know %s', (candidate) => {
    expect(isBlockedError(candidate)).toBe(false);
  });
});
