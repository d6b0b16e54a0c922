import type { Fault } from '@drydock/storage';
import { describe, expect, test } from 'vitest';
import { toFault } from './errors.js';

type Expected = [kind: Fault['kind'], retriable: boolean, outcome: Fault['outcome'], code: string];

const reply = (message: string) =>
  Object.assign(new Error(message), { name: 'ReplyError', command: { name: 'auth', args: ['canary'] } });
const system = (code: string) => Object.assign(new Error(`connect ${code} canary:6379`), { code });

const REPLIES: [string, Expected][] = [
  ['LOADING Redis is loading the dataset in memory', ['connection', true, 'rejected', 'LOADING']],
  [
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    ['connection', true, 'rejected', 'MASTERDOWN'],
  ],
  ['CLUSTERDOWN The cluster is down', ['connection', true, 'rejected', 'CLUSTERDOWN']],
  ['TRYAGAIN Multiple keys request during rehashing of slot', ['connection', true, 'rejected', 'TRYAGAIN']],
  ["READONLY You can't write against a read only replica.", ['connection', true, 'rejected', 'READONLY']],
  ['NOREPLICAS Not enough good replicas to write.', ['connection', true, 'rejected', 'NOREPLICAS']],
  ['BUSY Redis is busy running a script.', ['connection', true, 'rejected', 'BUSY']],
  [
    'WRONGPASS invalid username-password pair or user is disabled.',
    ['connection', false, 'rejected', 'WRONGPASS'],
  ],
  ['NOAUTH Authentication required.', ['connection', false, 'rejected', 'NOAUTH']],
  [
    "NOPERM this user has no permissions to run the 'set' command",
    ['connection', false, 'rejected', 'NOPERM'],
  ],
  [
    'WRONGTYPE Operation against a key holding the wrong kind of value',
    ['data', false, 'rejected', 'WRONGTYPE'],
  ],
  ["OOM command not allowed when used memory > 'maxmemory'.", ['query', false, 'rejected', 'OOM']],
  ['MISCONF Redis is configured to save RDB snapshots', ['query', false, 'rejected', 'MISCONF']],
  ['NOSCRIPT No matching script. Please use EVAL.', ['query', false, 'rejected', 'NOSCRIPT']],
  ["CROSSSLOT Keys in request don't hash to the same slot", ['query', false, 'rejected', 'CROSSSLOT']],
  ['MOVED 3999 127.0.0.1:6381', ['query', false, 'rejected', 'MOVED']],
  ['EXECABORT Transaction discarded because of previous errors.', ['query', false, 'rejected', 'EXECABORT']],
  ["ERR unknown command 'foo'", ['query', false, 'rejected', 'ERR']],
  ['NEVERSEEN something new', ['query', false, 'rejected', 'NEVERSEEN']],
  ['lower case and no code', ['query', false, 'rejected', 'ERR']],
];

const BEFORE_SENDING: [string, boolean][] = [
  ['ECONNREFUSED', true],
  ['ENOTFOUND', true],
  ['EAI_AGAIN', true],
  ['EHOSTUNREACH', true],
  ['ENETUNREACH', true],
  ['EPERM', false],
  ['EACCES', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', false],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', false],
  ['CERT_HAS_EXPIRED', false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
];

const OWN: [string, Expected][] = [
  ['Connection is closed.', ['connection', true, 'unknown', 'CONNECTION_CLOSED']],
  ['Command aborted due to connection close', ['connection', true, 'unknown', 'CONNECTION_CLOSED']],
  [
    'Reached the max retries per request limit (which is 0).',
    ['connection', true, 'unknown', 'CONNECTION_CLOSED'],
  ],
  [
    "Stream isn't writeable and enableOfflineQueue options is false",
    ['connection', true, 'not_sent', 'NOT_WRITABLE'],
  ],
  ['Command timed out', ['timeout', true, 'unknown', 'COMMAND_TIMEOUT']],
  ['Failed to refresh slots cache.', ['connection', true, 'unknown', 'CLUSTER_SLOTS']],
  [
    "Socket timeout. Expecting data, but didn't receive any in 10ms.",
    ['connection', true, 'unknown', 'SILENT'],
  ],
  ['Unknown RESP type 72 "H". Please report this.', ['connection', false, 'unknown', 'NOT_REDIS']],
  ['something nobody has seen', ['query', false, 'unknown', 'UNKNOWN']],
];

function expectFault(error: unknown, sent: boolean, [kind, retriable, outcome, code]: Expected): void {
  const fault = toFault(error, sent);
  expect(fault).toMatchObject({ kind, retriable, outcome, code });
  expect(JSON.stringify(fault)).not.toContain('canary');
}

describe('toFault', () => {
  test.each(REPLIES)('of the reply %s', (message, expected) => {
    expectFault(reply(`${message}`), true, expected);
  });

  test.each(BEFORE_SENDING)('of %s: nothing was sent', (code, retriable) => {
    expectFault(system(code), true, ['connection', retriable, 'not_sent', code]);
  });

  test.each(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])('of %s: unknown once something was sent', (code) => {
    expectFault(system(code), true, ['connection', true, 'unknown', code]);
    expectFault(system(code), false, ['connection', true, 'not_sent', code]);
  });

  test('of ETIMEDOUT: a timeout', () => {
    expectFault(system('ETIMEDOUT'), false, ['timeout', true, 'not_sent', 'ETIMEDOUT']);
  });

  test.each(OWN)('of ioredis’ own %s', (message, expected) => {
    expectFault(new Error(message), true, expected);
  });

  test('of a cluster out of reach: what its last node said', () => {
    const error = Object.assign(new Error('Failed to refresh slots cache.'), {
      name: 'ClusterAllFailedError',
    });
    expectFault(Object.assign(error, { lastNodeError: system('ECONNREFUSED') }), false, [
      'connection',
      true,
      'not_sent',
      'ECONNREFUSED',
    ]);
  });

  test.each([null, undefined, 'canary', 1, {}])('of %o, which is not an error', (value) => {
    expectFault(value, true, ['query', false, 'unknown', 'UNKNOWN']);
  });
});

test('the status is the first word of the reply, and no code of the driver', () => {
  const reply = Object.assign(new Error('WRONGTYPE canary'), { name: 'ReplyError' });
  expect(toFault(reply, true).status).toBe('WRONGTYPE');
  expect(toFault(system('ECONNREFUSED'), true)).not.toHaveProperty('status');
  expect(toFault(new Error('Command timed out'), true)).not.toHaveProperty('status');
});
