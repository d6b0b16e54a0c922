import type { Fault, FaultKind } from '@drydock/storage';

interface Rule {
  readonly kind: FaultKind;
  readonly retriable: boolean;
  /** Set where the server may have applied the request before it failed. */
  readonly doubtful?: true;
  /** Set where no byte of the request can have left. */
  readonly unsent?: true;
  readonly detail: string;
}

const refusal = (detail: string): Rule => ({ kind: 'connection', retriable: false, detail });
const query = (detail: string): Rule => ({ kind: 'query', retriable: false, detail });
const data = (detail: string): Rule => ({ kind: 'data', retriable: false, detail });

const UNREACHABLE: Rule = {
  kind: 'connection',
  retriable: true,
  unsent: true,
  detail: 'the server cannot be reached; check host, port and whether it runs',
};
const LOST: Rule = {
  kind: 'connection',
  retriable: true,
  doubtful: true,
  detail: 'the connection was lost; look at the server and at the network',
};
const DOWN: Rule = { ...LOST, detail: 'the server, or what stands before it, does not serve now' };
const BUSY: Rule = {
  kind: 'connection',
  retriable: true,
  detail: 'the server takes no more requests now; send fewer at once',
};
const SLOW: Rule = {
  kind: 'timeout',
  retriable: true,
  doubtful: true,
  detail: 'no answer in time; look at the load of the server',
};
const LOGIN = refusal('the server refused the login; check apiKey');
const FORBIDDEN = refusal('the key may not do this; is it read-only, or for other collections?');
const TLS: Rule = {
  ...refusal('TLS could not be established; check the tls option, the port and the certificates'),
  unsent: true,
};
const ALIEN = refusal("the answer is not HTTP or not Qdrant's; check the url");
const SETTINGS = refusal('the connection could not be set up; check url, apiKey and tls');
const MISSING: Rule = {
  kind: 'not_found',
  retriable: false,
  detail: 'the collection, or the path before it, does not exist; connect with migrate, or check the url',
};
const TOO_LARGE = data('the request is larger than the server takes; lower batch.maxBytes');
const FAILED: Rule = { ...query('the server failed'), retriable: true, doubtful: true };
const REDIRECT = refusal('the server redirects, which is not followed; give the final address as url');

/** By what the server says, where its status does not tell enough. */
const TEXTS: readonly (readonly [status: number, text: RegExp, Rule])[] = [
  [400, /Vector dimension error/, data('the vector has another size than the collection')],
  [400, /is not a valid point ID/, data('the server refused the id of a point')],
  [400, /VectorStruct|missing field `vector`/, data('the server refused the form of a vector')],
  [
    400,
    /surrogate|recursion limit|number out of range|control character/,
    data('the server cannot hold a value of the record; is it nested too deeply?'),
  ],
  [400, /larger than allowed/, TOO_LARGE],
  [
    400,
    /Not existing vector name/,
    query('the collection has no such vector; does it have named ones, or was it made anew?'),
  ],
  [404, /No point with id/, query('the record to search near to does not exist')],
  [500, /No space left|[Oo]ut of disk/, query('the server has no space left on its disk')],
];

const STATUSES: Readonly<Record<number, Rule>> = {
  400: query('the server refused the request; check filter and params'),
  401: LOGIN,
  403: FORBIDDEN,
  404: MISSING,
  408: SLOW,
  409: data('the server says that this exists already'),
  413: TOO_LARGE,
  422: query('the server refused the request; check filter and params'),
  429: BUSY,
  500: FAILED,
  502: DOWN,
  503: DOWN,
  504: DOWN,
};

/** By the `code` of Node's and undici's errors. */
const CODES: Readonly<Record<string, Rule>> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  EHOSTDOWN: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EACCES: UNREACHABLE,
  EPERM: UNREACHABLE,
  ECONNRESET: LOST,
  ECONNABORTED: LOST,
  EPIPE: LOST,
  UND_ERR_SOCKET: LOST,
  UND_ERR_DESTROYED: LOST,
  UND_ERR_CLOSED: LOST,
  ETIMEDOUT: SLOW,
  UND_ERR_HEADERS_TIMEOUT: SLOW,
  UND_ERR_BODY_TIMEOUT: SLOW,
  UND_ERR_CONNECT_TIMEOUT: {
    ...SLOW,
    unsent: true,
    detail: 'no connection was made within connectTimeoutMs; check host, port and firewalls',
  },
  UND_ERR_INVALID_ARG: SETTINGS,
};

const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** By the name or message of the client's own errors, which have no code. */
const NAMES: readonly (readonly [RegExp, Rule, code?: string])[] = [
  [/^QdrantClientResourceExhaustedError\b/, BUSY, 'HTTP_429'],
  // Thrown in place of the above when the header is a date.
  [/^CustomError: Invalid retryAfter value/, BUSY, 'HTTP_429'],
  [/^QdrantClientUnexpectedResponseError\b/, ALIEN],
  [/^QdrantClientTimeoutError\b|^TimeoutError\b/, SLOW],
  // What says to be JSON and is not was cut off, or is a proxy's.
  [/^SyntaxError\b/, { ...LOST, detail: 'the answer is no whole JSON; does something stand in between?' }],
];

const UNKNOWN: Rule = {
  ...query('the client failed in a way that this adapter does not know'),
  doubtful: true,
};

/** Translates an error of the client; keeps its code, never its text, which may hold records and credentials. */
export function toFault(error: unknown, sent: boolean): Fault {
  const { rule, code } = find(error);
  const { kind, retriable, doubtful, unsent, detail } = rule;
  const outcome = !sent || unsent ? 'not_sent' : doubtful ? 'unknown' : 'rejected';
  const [, status] = /^HTTP_(\d+)$/.exec(code ?? '') ?? [];
  return {
    kind,
    retriable,
    outcome,
    detail,
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
  };
}

function find(error: unknown): { rule: Rule; code?: string } {
  const status = property(error, 'status');
  if (typeof status === 'number') {
    return { rule: ruleForStatus(status, textOf(error)), code: `HTTP_${status}` };
  }
  const code = codeOf(error) ?? codeOf(property(error, 'cause'));
  if (code !== undefined) return { rule: ruleForCode(code), code };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : '';
  const [, rule = UNKNOWN, named] = NAMES.find(([pattern]) => pattern.test(text)) ?? [];
  return { rule, ...(named !== undefined && { code: named }) };
}

function ruleForStatus(status: number, text: string): Rule {
  const found = TEXTS.find(([its, pattern]) => its === status && pattern.test(text));
  if (found) return found[2];
  if (status >= 300 && status < 400) return REDIRECT;
  return STATUSES[status] ?? (status >= 500 ? FAILED : query('the server refused the request'));
}

function ruleForCode(code: string): Rule {
  if (CODES[code]) return CODES[code];
  if (TLS_CODE.test(code)) return TLS;
  return code.startsWith('HPE_') ? ALIEN : UNKNOWN;
}

/** The server's words; only ever compared, never shown. */
function textOf(error: unknown): string {
  const body = property(error, 'data');
  const text = typeof body === 'string' ? body : property(property(body, 'status'), 'error');
  return typeof text === 'string' ? text : '';
}

function codeOf(error: unknown): string | undefined {
  const code = property(error, 'code');
  // Codes are short and fixed; anything else may be text of somebody's.
  return typeof code === 'string' && /^[A-Z0-9_]{1,48}$/.test(code) ? code : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
