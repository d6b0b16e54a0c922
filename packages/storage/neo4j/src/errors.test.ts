import neo4j from 'neo4j-driver';
import { expect, test } from 'vitest';
import { toFault } from './errors.js';

const SECRET = 'canary-in-the-text';
const failed = (code: string, message = SECRET) => new neo4j.Neo4jError(message, code, '50N42', message);
const connecting = (cause: string) =>
  failed('ServiceUnavailable', `Failed to connect to server. Caused by: ${cause}`);

test.each<[string, Error, string, boolean, string, string]>([
  ['a lost connection', failed('ServiceUnavailable'), 'connection', true, 'unknown', 'ServiceUnavailable'],
  [
    'a refused connection',
    connecting('connect ECONNREFUSED ::1'),
    'connection',
    true,
    'unknown',
    'ECONNREFUSED',
  ],
  ['an unknown host', connecting('getaddrinfo ENOTFOUND h'), 'connection', true, 'unknown', 'ENOTFOUND'],
  ['a reset', connecting('read ECONNRESET'), 'connection', true, 'unknown', 'ECONNRESET'],
  ['an expired session', failed('SessionExpired'), 'connection', true, 'unknown', 'SessionExpired'],
  [
    'a server that speaks HTTP',
    failed('N/A', 'Server responded HTTP. Make sure'),
    'connection',
    false,
    'rejected',
    'NOT_BOLT',
  ],
  ['a certificate', connecting('Server certificate is not trusted.'), 'connection', false, 'rejected', 'TLS'],
  [
    'a server without TLS',
    connecting('Client network socket disconnected before secure TLS connection was established'),
    'connection',
    false,
    'rejected',
    'TLS',
  ],
  [
    'a full pool',
    failed('N/A', 'Connection acquisition timed out in 5 ms.'),
    'timeout',
    true,
    'not_sent',
    'ACQUISITION_TIMEOUT',
  ],
  [
    'a missing certificate',
    Object.assign(new Error(SECRET), { code: 'ENOENT' }),
    'connection',
    false,
    'rejected',
    'ENOENT',
  ],
  ['a closed pool', new Error('Pool is closed'), 'connection', true, 'not_sent', 'CLOSED'],
  ...(
    [
      ['Neo.TransientError.General.DatabaseUnavailable', 'connection', true],
      ['Neo.ClientError.Cluster.NotALeader', 'connection', true],
      ['Neo.ClientError.General.ForbiddenOnReadOnlyDatabase', 'connection', true],
      ['Neo.ClientError.Security.AuthorizationExpired', 'connection', true],
      ['Neo.ClientError.Security.Unauthorized', 'connection', false],
      ['Neo.ClientError.Security.AuthenticationRateLimit', 'connection', false],
      ['Neo.ClientError.Security.CredentialsExpired', 'connection', false],
      ['Neo.ClientError.Security.Forbidden', 'connection', false],
      ['Neo.ClientError.Transaction.TransactionTimedOut', 'timeout', false],
      ['Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration', 'timeout', false],
      ['Neo.ClientError.Transaction.Terminated', 'timeout', false],
      ['Neo.TransientError.Transaction.LockClientStopped', 'timeout', false],
      ['Neo.ClientError.Statement.SyntaxError', 'query', false],
      ['Neo.ClientError.Statement.ParameterMissing', 'query', false],
      ['Neo.ClientError.Schema.IndexNotFound', 'query', false],
      ['Neo.DatabaseError.Statement.ExecutionFailed', 'query', false],
      ['Neo.TransientError.Transaction.DeadlockDetected', 'query', true],
      ['Neo.TransientError.General.OutOfMemoryError', 'query', true],
      ['Neo.ClientError.Schema.ConstraintValidationFailed', 'data', false],
      ['Neo.ClientError.Statement.TypeError', 'data', false],
      ['Neo.ClientError.Database.DatabaseNotFound', 'not_found', false],
    ] as const
  ).map(
    ([code, kind, retriable]) =>
      [code, failed(code), kind, retriable, 'rejected', code] as [
        string,
        Error,
        string,
        boolean,
        string,
        string,
      ],
  ),
  [
    'a commit in doubt',
    failed('Neo.DatabaseError.Transaction.TransactionCommitFailed'),
    'query',
    false,
    'unknown',
    'Neo.DatabaseError.Transaction.TransactionCommitFailed',
  ],
])('%s', (_, error, kind, retriable, outcome, code) => {
  const fault = toFault(error, true);
  expect(fault).toMatchObject({ kind, retriable, outcome, code });
  expect(fault.detail).toMatch(/\w/);
  expect(JSON.stringify(fault)).not.toContain(SECRET);
});

test('what was not sent was not applied, whatever the error', () => {
  expect(toFault(failed('ServiceUnavailable'), false).outcome).toBe('not_sent');
  expect(toFault(failed('Neo.ClientError.Security.Unauthorized'), false).outcome).toBe('not_sent');
});

test('routing’s own cause is looked at', () => {
  const error = failed('ServiceUnavailable', 'Could not perform discovery.');
  error.cause = connecting('connect ECONNREFUSED 127.0.0.1:1');
  expect(toFault(error, false)).toMatchObject({ kind: 'connection', code: 'ECONNREFUSED' });
});

test.each([undefined, null, 'text', {}, { code: `${SECRET} with spaces` }, new TypeError(SECRET)])(
  'something unknown is a query error in doubt, without its text: %s',
  (error) => {
    const fault = toFault(error, true);
    expect(fault).toMatchObject({ kind: 'query', retriable: false, outcome: 'unknown' });
    expect(JSON.stringify(fault)).not.toContain(SECRET);
  },
);

test('the status is a code of the server, and none of the driver', () => {
  const code = 'Neo.ClientError.Schema.ConstraintValidationFailed';
  expect(toFault(failed(code), true).status).toBe(code);
  expect(toFault(failed('ServiceUnavailable'), true)).not.toHaveProperty('status');
});
