import type { Fault } from '@drydock/storage';
import {
  again,
  connection,
  data,
  doubtful,
  errorCode,
  type FaultRule,
  faultOf,
  LOST,
  missing,
  networkRule,
  query,
  refusal,
  SLOW,
  TLS,
  timeout,
  unknownTo,
  unsent,
} from '@drydock/storage/backend-kit';

const GOING = doubtful(connection('the server is shutting down or starting up; it will be back'));
const BUSY = connection(
  'the server has no connection free; lower maxConnections or raise its max_connections',
);
const LOGIN = refusal('the server refused the login; check user, password and pg_hba.conf');
const CONFLICT = again(query('another transaction was in the way'));
const STALE = again(query('a prepared statement is gone or outdated; behind a pooler set prepare to false'));
const MISSING = missing('the table or schema does not exist; let the adapter migrate, or create it');

/** By SQLSTATE; goes before the classes. */
const STATES: Readonly<Record<string, FaultRule>> = {
  '0A000': query('the server does not support this'),
  '21000': data('a statement would have written one row twice'),
  '25006': connection('the server takes no writes now; is it a standby?'),
  '25P03': LOST,
  '25P04': LOST,
  '26000': STALE,
  '28000': LOGIN,
  '28P01': LOGIN,
  '3D000': refusal('the database does not exist; check the name at the end of the URL'),
  '3F000': MISSING,
  '40001': CONFLICT,
  '40003': doubtful(connection('the server does not know whether the statement was applied')),
  '40P01': CONFLICT,
  '42501': query('the user lacks a privilege on the schema or table'),
  '42P01': MISSING,
  '42P05': STALE,
  '53300': BUSY,
  '54000': data('a value is too large for its index or its column'),
  '55P03': timeout('a lock was not free in time'),
  '57014': {
    ...timeout('the server cancelled the statement; raise timeoutMs or make it cheaper'),
    retriable: false,
  },
  '57P01': GOING,
  '57P02': GOING,
  '57P03': GOING,
  '57P05': LOST,
};

/** By the first two characters of the SQLSTATE. */
const CLASSES: Readonly<Record<string, FaultRule>> = {
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

/** By the `code` of Node's errors: the file of a Unix socket is not there. */
const SOCKETS: Readonly<Record<string, FaultRule>> = {
  ENOENT: unsent(connection('the server cannot be reached; check host, port and whether it runs')),
};

/** By the message of the driver's own errors, which have no code. */
const MESSAGES: readonly (readonly [RegExp, FaultRule])[] = [
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

const UNKNOWN = unknownTo('driver');

/** Translates an error of the driver; keeps its code, never its text, which may hold rows and credentials. */
export function toFault(error: unknown, sent: boolean): Fault {
  const code = errorCode(error);
  const status = code !== undefined && isState(code) ? code : undefined;
  return faultOf(ruleFor(error, code), { sent, code, status });
}

/**
 * Whether the connection can no longer be used after this error.
 *
 * Goes by the code: the severity is in the language of the server.
 */
export function endsConnection(error: unknown): boolean {
  const code = errorCode(error);
  if (code === undefined || !isState(code)) return true;
  const rule = ruleFor(error, code);
  return rule.kind === 'connection' || rule === STALE || rule === PROTOCOL;
}

function ruleFor(error: unknown, code: string | undefined): FaultRule {
  if (code === '08P01') return PROTOCOL;
  if (code !== undefined && isState(code))
    return STATES[code] ?? CLASSES[code.slice(0, 2)] ?? query('the server failed');
  const told = code === undefined ? undefined : networkRule(code, SOCKETS);
  if (told) return told;
  const message = error instanceof Error ? error.message : '';
  return MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ?? UNKNOWN;
}

/** Node's codes of five letters, such as `EPIPE`, are none. */
function isState(code: string): boolean {
  return /^(?!E[A-Z]{4}$)[0-9A-Z]{5}$/.test(code);
}
