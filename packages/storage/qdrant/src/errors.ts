import type { Fault } from '@drydock/storage';
import {
  alien,
  data,
  HTTP_RULES,
  type HttpClientRules,
  httpClientRule,
  httpFaultOf,
  LOST,
  propertyOf,
  query,
  refusal,
  SETTINGS,
  SLOW,
  unsent,
} from '@drydock/storage/backend-kit';

const SERVICE = 'Qdrant';
const BUSY = HTTP_RULES[429];
const BAD_REQUEST = query('the server refused the request; check filter and params');

const RULES: HttpClientRules = {
  service: SERVICE,
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
  codes: {
    UND_ERR_SOCKET: LOST,
    UND_ERR_DESTROYED: LOST,
    UND_ERR_CLOSED: LOST,
    UND_ERR_HEADERS_TIMEOUT: SLOW,
    UND_ERR_BODY_TIMEOUT: SLOW,
    UND_ERR_CONNECT_TIMEOUT: {
      ...unsent(SLOW),
      detail: 'no connection was made within connectTimeoutMs; check host, port and firewalls',
    },
    UND_ERR_INVALID_ARG: SETTINGS,
  },
  names: [
    [/^QdrantClientResourceExhaustedError\b/, BUSY, 'HTTP_429'],
    // Thrown in place of the above when the header is a date.
    [/^CustomError: Invalid retryAfter value/, BUSY, 'HTTP_429'],
    [/^QdrantClientUnexpectedResponseError\b/, alien(SERVICE)],
    [/^QdrantClientTimeoutError\b/, SLOW],
  ],
};

/** Translates an error of the client; keeps its code, never its text, which may hold records and credentials. */
export function toFault(error: unknown, sent: boolean): Fault {
  const answer = { status: propertyOf(error, 'status'), text: textOf(error) };
  return httpFaultOf(httpClientRule(error, answer, RULES), sent);
}

function textOf(error: unknown): string {
  const body = propertyOf(error, 'data');
  const text = typeof body === 'string' ? body : propertyOf(propertyOf(body, 'status'), 'error');
  return typeof text === 'string' ? text : '';
}
