import type { Fault } from '@drydock/storage';
import {
  data,
  errorCode,
  type FaultRule,
  faultOf,
  HTTP_RULES,
  type HttpRules,
  httpRule,
  LOST,
  networkRule,
  propertyOf,
  query,
  refusal,
  SLOW,
  unknownTo,
} from '@drydock/storage/backend-kit';

const BUSY = HTTP_RULES[429];
const ALIEN = refusal("the answer is not HTTP or not Qdrant's; check the url");
const SETTINGS = refusal('the connection could not be set up; check url, apiKey and tls');
const BAD_REQUEST = query('the server refused the request; check filter and params');

const HTTP: HttpRules = {
  texts: [
    [400, /Vector dimension error/, data('the vector has another size than the collection')],
    [400, /is not a valid point ID/, data('the server refused the id of a point')],
    [400, /VectorStruct|missing field `vector`/, data('the server refused the form of a vector')],
    [
      400,
      /surrogate|recursion limit|number out of range|control character/,
      data('the server cannot hold a value of the record; is it nested too deeply?'),
    ],
    [400, /larger than allowed/, HTTP_RULES[413]],
    [
      400,
      /Not existing vector name/,
      query('the collection has no such vector; does it have named ones, or was it made anew?'),
    ],
    [404, /No point with id/, query('the record to search near to does not exist')],
    [500, /No space left|[Oo]ut of disk/, query('the server has no space left on its disk')],
  ],
  statuses: {
    400: BAD_REQUEST,
    401: refusal('the server refused the login; check apiKey'),
    403: refusal('the key may not do this; is it read-only, or for other collections?'),
    422: BAD_REQUEST,
  },
};

/** By the `code` of undici's errors. */
const CODES: Readonly<Record<string, FaultRule>> = {
  UND_ERR_SOCKET: LOST,
  UND_ERR_DESTROYED: LOST,
  UND_ERR_CLOSED: LOST,
  UND_ERR_HEADERS_TIMEOUT: SLOW,
  UND_ERR_BODY_TIMEOUT: SLOW,
  UND_ERR_CONNECT_TIMEOUT: {
    ...SLOW,
    unsent: true,
    detail: 'no connection was made within connectTimeoutMs; check host, port and firewalls',
  },
  UND_ERR_INVALID_ARG: SETTINGS,
};

/** By the name or message of the client's own errors, which have no code. */
const NAMES: readonly (readonly [RegExp, FaultRule, code?: string])[] = [
  [/^QdrantClientResourceExhaustedError\b/, BUSY, 'HTTP_429'],
  // Thrown in place of the above when the header is a date.
  [/^CustomError: Invalid retryAfter value/, BUSY, 'HTTP_429'],
  [/^QdrantClientUnexpectedResponseError\b/, ALIEN],
  [/^QdrantClientTimeoutError\b|^TimeoutError\b/, SLOW],
  // What says to be JSON and is not was cut off, or is a proxy's.
  [/^SyntaxError\b/, { ...LOST, detail: 'the answer is no whole JSON; does something stand in between?' }],
];

const UNKNOWN = unknownTo('client');

/** Translates an error of the client; keeps its code, never its text, which may hold records and credentials. */
export function toFault(error: unknown, sent: boolean): Fault {
  const { rule, code } = find(error);
  const [, status] = /^HTTP_(\d+)$/.exec(code ?? '') ?? [];
  return faultOf(rule, { sent, code, status });
}

function find(error: unknown): { rule: FaultRule; code?: string } {
  const status = propertyOf(error, 'status');
  if (typeof status === 'number')
    return { rule: httpRule(status, textOf(error), HTTP), code: `HTTP_${status}` };
  const code = errorCode(error) ?? errorCode(propertyOf(error, 'cause'));
  if (code !== undefined) return { rule: ruleForCode(code), code };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : '';
  const [, rule = UNKNOWN, named] = NAMES.find(([pattern]) => pattern.test(text)) ?? [];
  return { rule, ...(named !== undefined && { code: named }) };
}

function ruleForCode(code: string): FaultRule {
  return networkRule(code, CODES) ?? (code.startsWith('HPE_') ? ALIEN : UNKNOWN);
}

/** The server's words; only ever compared, never shown. */
function textOf(error: unknown): string {
  const body = propertyOf(error, 'data');
  const text = typeof body === 'string' ? body : propertyOf(propertyOf(body, 'status'), 'error');
  return typeof text === 'string' ? text : '';
}
