import type { Fault } from '@drydock/storage';
import {
  data,
  type FaultRule,
  type FoundRule,
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
} from '@drydock/storage/backend-kit';

/** What the server says of one search or one line, in the form of the client's errors. */
export interface Refused {
  readonly httpStatus: number;
  readonly message: string;
}

const LOGIN = refusal('the server refused the key for this; check apiKey and its actions');
const NO_DOCUMENT: FaultRule = { ...HTTP_RULES[404], detail: 'there is no such document' };
const TOO_LARGE = HTTP_RULES[413];
const BAD_SEARCH = query('the server refused the search; check filter, sort, by, facets and params');
const FULL = query('the server has no space or memory left for writes');

const RULES: HttpClientRules = {
  service: 'Typesense',
  texts: [
    [
      400,
      /[Ff]ield `.*` (must (be|have)|has been declared)/,
      data('a property has not the type of its field'),
    ],
    [400, /The `id` should|[Bb]ad JSON: \[json/, data('the server refused the record')],
    [404, /Could not find a document/, NO_DOCUMENT],
    [404, /Could not find a/, BAD_SEARCH],
    [422, /OUT_OF_DISK|OUT_OF_MEMORY|running out of resource/, FULL],
    [422, /hits|per page|search/, BAD_SEARCH],
    [500, /No space left|OUT_OF_DISK|OUT_OF_MEMORY/, FULL],
  ],
  statuses: {
    400: BAD_SEARCH,
    401: LOGIN,
    403: LOGIN,
    414: TOO_LARGE,
    422: data('the server cannot hold a value of the record'),
    431: TOO_LARGE,
  },
  codes: {
    ERR_STREAM_PREMATURE_CLOSE: LOST,
    // An answer that was cut off.
    ERR_BAD_RESPONSE: LOST,
    ERR_NETWORK: LOST,
    ECONNABORTED: SLOW,
    ERR_INVALID_URL: SETTINGS,
    ERR_INVALID_CHAR: SETTINGS,
    ERR_BAD_OPTION: SETTINGS,
    ERR_BAD_OPTION_VALUE: SETTINGS,
  },
  names: [],
};

/** Translates an error of the client; keeps its code, never its text, which may hold records and credentials. */
export function toFault(error: unknown, sent: boolean): Fault {
  return httpFaultOf(find(error), sent);
}

/** Turns the error of a document that is not there into undefined; throws every other, also of a missing collection. */
export function unlessMissing(error: unknown): undefined {
  if (find(error).rule !== NO_DOCUMENT) throw error;
  return undefined;
}

function find(error: unknown): FoundRule {
  const answer = { status: propertyOf(error, 'httpStatus'), text: String(propertyOf(error, 'message')) };
  return httpClientRule(error, answer, RULES);
}
