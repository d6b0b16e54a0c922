import type { Fault, FaultKind } from '@drydock/storage';

/** What the server says of one search or one line, in the form of the client's errors. */
export interface Refused {
  readonly httpStatus: number;
  readonly message: string;
}

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
const LOGIN = refusal('the server refused the key for this; check apiKey and its actions');
const TLS: Rule = {
  ...refusal('TLS could not be established; check the tls option, the port and the certificates'),
  unsent: true,
};
const ALIEN = refusal("the answer is not HTTP or not Typesense's; check the url");
const SETTINGS = refusal('the connection could not be set up; check url, apiKey and tls');
const MISSING: Rule = {
  kind: 'not_found',
  retriable: false,
  detail: 'the collection, or the path before it, does not exist; connect with migrate, or check the url',
};
const NO_DOCUMENT: Rule = { ...MISSING, detail: 'there is no such document' };
const TOO_LARGE = data('the request is larger than the server takes; lower batch.maxBytes or batch.maxItems');
const BAD_SEARCH = query('the server refused the search; check filter, sort, by, facets and params');
const FAILED: Rule = { ...query('the server failed'), retriable: true, doubtful: true };
const FULL = query('the server has no space or memory left for writes');
const REDIRECT = refusal('the server redirects, which is not followed; give the final address as url');

/** By what the server says, where its status does not tell enough. */
const TEXTS: readonly (readonly [status: number, text: RegExp, Rule])[] = [
  [400, /[Ff]ield `.*` (must (be|have)|has been declared)/, data('a property has not the type of its field')],
  [400, /The `id` should|[Bb]ad JSON: \[json/, data('the server refused the record')],
  [404, /Could not find a document/, NO_DOCUMENT],
  [404, /Could not find a/, BAD_SEARCH],
  [422, /OUT_OF_DISK|OUT_OF_MEMORY|running out of resource/, FULL],
  [422, /hits|per page|search/, BAD_SEARCH],
  [500, /No space left|OUT_OF_DISK|OUT_OF_MEMORY/, FULL],
];

const STATUSES: Readonly<Record<number, Rule>> = {
  400: BAD_SEARCH,
  401: LOGIN,
  403: LOGIN,
  404: MISSING,
  408: SLOW,
  409: data('the server says that this exists already'),
  413: TOO_LARGE,
  414: TOO_LARGE,
  422: data('the server cannot hold a value of the record'),
  429: BUSY,
  431: TOO_LARGE,
  500: FAILED,
  502: DOWN,
  503: DOWN,
  504: DOWN,
};

/** By the `code` of Node's and the client's errors. */
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
  EPIPE: LOST,
  ERR_STREAM_PREMATURE_CLOSE: LOST,
  // An answer that was cut off.
  ERR_BAD_RESPONSE: LOST,
  ERR_NETWORK: LOST,
  ETIMEDOUT: SLOW,
  ECONNABORTED: SLOW,
  ERR_INVALID_URL: SETTINGS,
  ERR_INVALID_CHAR: SETTINGS,
  ERR_BAD_OPTION: SETTINGS,
  ERR_BAD_OPTION_VALUE: SETTINGS,
  EPROTO: TLS,
};

const TLS_CODE = /^ERR_(TLS|SSL|OSSL)|CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/;

/** By the name of errors without a code. */
const NAMES: readonly (readonly [RegExp, Rule])[] = [
  [/^TimeoutError\b/, SLOW],
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

/** Turns the error of a document that is not there into undefined; throws every other, also of a missing collection. */
export function unlessMissing(error: unknown): undefined {
  if (find(error).rule !== NO_DOCUMENT) throw error;
  return undefined;
}

function find(error: unknown): { rule: Rule; code?: string } {
  const status = property(error, 'httpStatus');
  if (typeof status === 'number') {
    return { rule: ruleForStatus(status, String(property(error, 'message'))), code: `HTTP_${status}` };
  }
  const code = codeOf(error) ?? codeOf(property(error, 'cause'));
  if (code !== undefined) return { rule: ruleForCode(code), code };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : '';
  const [, rule = UNKNOWN] = NAMES.find(([pattern]) => pattern.test(text)) ?? [];
  return { rule };
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

function codeOf(error: unknown): string | undefined {
  const code = property(error, 'code');
  // Codes are short and fixed; anything else may be text of somebody's.
  return typeof code === 'string' && /^[A-Z0-9_]{1,48}$/.test(code) ? code : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
