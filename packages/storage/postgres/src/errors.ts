import type { Fault, FaultKind } from '@drydock/storage';

interface Rule {
  readonly kind: FaultKind;
  readonly retriable: boolean;
  /** Set where the server may have applied the statement before it failed. */
  readonly doubtful?: true;
  readonly detail: string;
}

const connection = (detail: string): Rule => ({
  kind: 'connection',
  retriable: true,
  doubtful: true,
  detail,
});
const refusal = (detail: string): Rule => ({ kind: 'connection', retriable: false, detail });
const query = (detail: string): Rule => ({ kind: 'query', retriable: false, detail });
const data = (detail: string): Rule => ({ kind: 'data', retriable: false, detail });

const LOST = connection('the connection was lost; look at the server and at the network');
const UNREACHABLE = connection('the server cannot be reached; check host, port and whether it runs');
const GOING = connection('the server is shutting down or starting up; it will be back');
const BUSY: Rule = {
  kind: 'connection',
  retriable: true,
  detail: 'the server has no connection free; lower maxConnections or raise its max_connections',
};
const LOGIN = refusal('the server refused the login; check user, password and pg_hba.conf');
const TLS = refusal('TLS could not be established; check the tls option and the certificates');
const CONFLICT: Rule = { kind: 'query', retriable: true, detail: 'another transaction was in the way' };
const STALE: Rule = {
  kind: 'query',
  retriable: true,
  detail: 'a prepared statement is gone or outdated; behind a pooler set prepare to false',
};
const MISSING: Rule = {
  kind: 'not_found',
  retriable: false,
  detail: 'the table or schema does not exist; let the adapter migrate, or create it',
};
const SLOW: Rule = {
  kind: 'timeout',
  retriable: true,
  doubtful: true,
  detail: 'no answer in time; look at the load of the server',
};

/** By SQLSTATE; goes before the classes. */
const STATES: Readonly<Record<string, Rule>> = {
  '0A000': query('the server does not support this'),
  '21000': data('a statement would have written one row twice'),
  '25006': {
    kind: 'connection',
    retriable: true,
    detail: 'the server takes no writes now; is it a standby?',
  },
  '25P03': LOST,
  '25P04': LOST,
  '26000': STALE,
  '28000': LOGIN,
  '28P01': LOGIN,
  '3D000': refusal('the database does not exist; check the name at the end of the URL'),
  '3F000': MISSING,
  '40001': CONFLICT,
  '40003': connection('the server does not know whether the statement was applied'),
  '40P01': CONFLICT,
  '42501': query('the user lacks a privilege on the schema or table'),
  '42P01': MISSING,
  '42P05': STALE,
  '53300': BUSY,
  '55P03': { kind: 'timeout', retriable: true, detail: 'a lock was not free in time' },
  '57014': {
    kind: 'timeout',
    retriable: false,
    detail: 'the server cancelled the statement; raise timeoutMs or make it cheaper',
  },
  '57P01': GOING,
  '57P02': GOING,
  '57P03': GOING,
  '57P05': LOST,
};

/** By the first two characters of the SQLSTATE. */
const CLASSES: Readonly<Record<string, Rule>> = {
  '08': LOST,
  '21': data('a statement would have written one row twice'),
  '22': data('a value does not fit its column'),
  '23': data('a constraint of the table refuses the record'),
  '28': LOGIN,
  '40': CONFLICT,
  '42': query('the server refused the statement; was the table changed by something else?'),
  '53': query('the server is out of resources; look at its disk and memory'),
  '54': query('the statement or a value exceeds a limit of the server'),
};

/** `08P01` is the one of its class that a repetition cannot cure. */
const PROTOCOL = query('the server refused the message; too many parameters do this');

/** By the `code` of Node's errors. */
const SOCKETS: Readonly<Record<string, Rule>> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  EHOSTDOWN: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ENOENT: UNREACHABLE,
  EACCES: UNREACHABLE,
  EPERM: UNREACHABLE,
  ECONNRESET: LOST,
  ECONNABORTED: LOST,
  EPIPE: LOST,
  ETIMEDOUT: SLOW,
};

const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** By the message of the driver's own errors, which have no code. */
const MESSAGES: readonly (readonly [RegExp, Rule])[] = [
  [
    /^timeout exceeded when trying to connect/,
    { ...SLOW, detail: 'no connection of the pool was free in time; raise maxConnections' },
  ],
  [
    /^(timeout expired|Connection terminated due to connection timeout)/,
    { ...SLOW, detail: 'the server did not answer the login in time' },
  ],
  [/^Query read timeout/, SLOW],
  [
    /^(Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool)/,
    LOST,
  ],
  [/SASL|password must be a string/i, LOGIN],
  [/SSL/, TLS],
];

const UNKNOWN: Rule = {
  ...query('the driver failed in a way that this adapter does not know'),
  doubtful: true,
};

/** Translates an error of the driver; keeps its code, never its text, which may hold rows and credentials. */
export function postgresFault(error: unknown, sent: boolean): Fault {
  const code = codeOf(error);
  const { kind, retriable, doubtful, detail } = ruleFor(error, code);
  const outcome = !sent ? 'not_sent' : doubtful ? 'unknown' : 'rejected';
  const status = code !== undefined && isState(code) ? { status: code } : {};
  return { kind, retriable, outcome, detail, ...(code !== undefined && { code }), ...status };
}

/**
 * Whether the connection can no longer be used after this error.
 *
 * Goes by the code: the severity is in the language of the server.
 */
export function endsConnection(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined || !isState(code)) return true;
  const rule = ruleFor(error, code);
  return rule.kind === 'connection' || rule === STALE || rule === PROTOCOL;
}

function ruleFor(error: unknown, code: string | undefined): Rule {
  if (code === '08P01') return PROTOCOL;
  if (code !== undefined && isState(code))
    return STATES[code] ?? CLASSES[code.slice(0, 2)] ?? query('the server failed');
  if (code !== undefined && SOCKETS[code]) return SOCKETS[code];
  if (code !== undefined && TLS_CODE.test(code)) return TLS;
  const message = error instanceof Error ? error.message : '';
  return MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ?? UNKNOWN;
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  // Codes are short and fixed; anything else may be text of the server's.
  return typeof code === 'string' && /^[A-Z0-9_]{1,48}$/.test(code) ? code : undefined;
}

/** Node's codes of five letters, such as `EPIPE`, are none. */
function isState(code: string): boolean {
  return /^(?!E[A-Z]{4}$)[0-9A-Z]{5}$/.test(code);
}
