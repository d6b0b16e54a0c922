import type { Fault } from '@drydock/storage';
import {
  again,
  connection,
  data,
  doubtful,
  errorCode,
  type FaultRule,
  faultOf,
  missing,
  query,
  refusal,
  timeout,
  unknownTo,
  unsent,
} from '@drydock/storage/backend-kit';

const ended = (detail: string): FaultRule => ({ ...timeout(detail), retriable: false });

// Routing tells neither whether the connection was lost or never made, nor which of several servers it was.
const LOST = doubtful(
  connection(
    'the server cannot be reached, or the connection was lost; check host, port, TLS and whether it runs',
  ),
);
const ELSEWHERE = connection('this server takes no writes now; the cluster is choosing another');
const TLS = refusal(
  'TLS could not be established; use +s or +ssc if, and only if, the server has it, and check the certificates',
);
const NOT_BOLT = refusal('what answers does not speak Bolt; the usual port is 7687, and 7474 is for HTTP');
const SLOW = ended(
  'the server ended the transaction for taking too long; raise timeoutMs or make it cheaper',
);
const ENDED = ended('the server ended the transaction; somebody stopped it, or the server is stopping');

/** By the server's or the driver's code; goes before the classes. */
const CODES: Readonly<Record<string, FaultRule>> = {
  ENOENT: refusal('a file named in `trustedCertificates` does not exist'),
  ServiceUnavailable: LOST,
  SessionExpired: LOST,
  ProtocolError: doubtful(NOT_BOLT),
  'Neo.ClientError.Cluster.NotALeader': ELSEWHERE,
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase': ELSEWHERE,
  'Neo.ClientError.Database.DatabaseNotFound': missing(
    'the database does not exist; check the option `database`, or create it',
  ),
  'Neo.ClientError.Security.AuthorizationExpired': connection(
    'the login has expired; the next connection logs in anew',
  ),
  'Neo.ClientError.Security.Forbidden': refusal('the user lacks a privilege; grant it, or use another user'),
  'Neo.ClientError.Security.CredentialsExpired': refusal(
    'the password must be changed first, with ALTER CURRENT USER SET PASSWORD',
  ),
  'Neo.ClientError.Schema.ConstraintValidationFailed': data(
    'a constraint of the database refuses the record',
  ),
  'Neo.ClientError.Statement.TypeError': data('a value is not of a type that Neo4j takes there'),
  'Neo.ClientError.Transaction.Terminated': ENDED,
  'Neo.ClientError.Transaction.LockClientStopped': ENDED,
  'Neo.ClientError.Transaction.TransactionTimedOut': SLOW,
  'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration': SLOW,
  'Neo.TransientError.General.DatabaseUnavailable': connection(
    'the database is starting or stopping; it will be back',
  ),
  'Neo.TransientError.Transaction.Terminated': ENDED,
  'Neo.TransientError.Transaction.LockClientStopped': ENDED,
  'Neo.TransientError.Transaction.DeadlockDetected': again(query('another transaction was in the way')),
  'Neo.DatabaseError.Transaction.TransactionCommitFailed': doubtful(
    query('the server could not tell whether the transaction was committed'),
  ),
};

/** By the beginning of the code. */
const CLASSES: readonly (readonly [string, FaultRule])[] = [
  ['Neo.ClientError.Security.', refusal('the server refused the login; check user and password')],
  ['Neo.ClientError.Transaction.TransactionTimedOut', SLOW],
  ['Neo.ClientError.', query('the server refused the statement; was the schema changed by something else?')],
  ['Neo.TransientError.', again(query('the server is short of something; look at its memory and load'))],
  ['Neo.DatabaseError.', query('the server failed; look at its log')],
];

const EXECUTION_FAILED = 'Neo.DatabaseError.Statement.ExecutionFailed';

/** A code of the server's or the driver's. */
const CODE = /^[A-Za-z0-9_.]{4,100}$/;

const SOCKET_CODE =
  /\b(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|EPIPE|EACCES|EPERM|ETIMEDOUT)\b/;

/** By what the driver's own errors say, which have a code for none of this. */
const MESSAGES: readonly (readonly [RegExp, FaultRule, string])[] = [
  [
    /^Connection acquisition timed out/,
    unsent(timeout('no connection was free or made in time; raise maxConnections or connectTimeoutMs')),
    'ACQUISITION_TIMEOUT',
  ],
  [
    /certificate is not trusted|before secure TLS connection|\bSSL\b|EPROTO|wrong version number/i,
    TLS,
    'TLS',
  ],
  [/responded HTTP|unknown Bolt protocol|HTTP_REQUEST/i, NOT_BOLT, 'NOT_BOLT'],
  [/pool is closed|closed session|[Dd]river is closed/i, unsent(LOST), 'CLOSED'],
];

const TOO_LARGE = data(
  'an indexed property is too large: an index takes 8 kB; shorten it, or declare no index',
);

const UNKNOWN = unknownTo('driver');

/** Translates an error of the driver; keeps its code, never its text, which may hold values and credentials. */
export function toFault(error: unknown, sent: boolean): Fault {
  const { rule, code } = judge(error);
  // The driver's own codes have no dot.
  return faultOf(rule, { sent, code, status: code?.startsWith('Neo.') ? code : undefined });
}

function judge(error: unknown): { rule: FaultRule; code: string | undefined } {
  const code = errorCode(error, CODE);
  const rule = code === undefined ? undefined : ruleFor(code, error);
  if (code !== undefined && rule && rule !== LOST) return { rule, code };
  const text = textOf(error);
  const told = MESSAGES.find(([pattern]) => pattern.test(text));
  if (told) return { rule: told[1], code: told[2] };
  if (!rule) return { rule: UNKNOWN, code };
  return { rule, code: SOCKET_CODE.exec(text)?.[1] ?? code };
}

function ruleFor(code: string, error: unknown): FaultRule | undefined {
  if (code === EXECUTION_FAILED && /too large to index/.test(textOf(error))) return TOO_LARGE;
  return CODES[code] ?? CLASSES.find(([start]) => code.startsWith(start))?.[1];
}

/** Routing hides what happened to the last server in the cause. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`;
}
