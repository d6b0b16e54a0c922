import type { Conditions } from '../classify/rule.js';
import type { FaultTable } from './fault-table.js';

/** Errors of clients whose HTTP status is the server's word about our credentials or limits. */
const CLIENTS =
  'AxiosError|ApiError|APIError|SDKError|HTTPError|HttpError|GoogleGenerativeAI\\w*Error|QdrantClient\\w*Error|AuthenticationError|PermissionDeniedError|RateLimitError|InternalServerError|RequestUnauthorized|ServerError|HTTPValidationError|MistralError|APIConnectionError|Llm\\w+Error|Storage\\w+Error|ServiceError';

/** Those whose 500 is an outage, and not an answer to a mistaken request. */
const OUTAGES =
  'InternalServerError|APIError|ApiError|SDKError|GoogleGenerativeAI\\w*Error|MistralError|Llm\\w+Error';

/** What clients put before a status in their message. */
const PREFIX =
  '(?:\\[\\w+ Error\\]: |Unexpected Response: |API error occurred: Status |Request failed with (?:HTTP code|status code) )?(?:Error fetching from \\S+: \\[)?';

/** Clients that have nothing else to say make the status' own words their message. */
const REASONS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  429: 'Too Many Requests',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-?out',
};

const DAILY = '(?:per[ _-]?day|PerDay|\\bTPD\\b|\\bRPD\\b|daily)';
const MONEY =
  '(?:insufficient_quota|billing|payment|credit|spend|budget|prepay|exceeded your current quota(?![^]*PerMinute))';

/** What stands for a status where a report kept only words. */
const says = (status: number): Conditions[] => [
  { name: CLIENTS, status: [status] },
  { origin: '.+', status: [status] },
  { code: `HTTP_${status}` },
  { status: [status], message: `^(?:${REASONS[status]})$` },
  { stack: '[/\\\\]@qdrant[/\\\\]', message: `^(?:${REASONS[status]})$` },
  { name: '\\w*Error', message: `^${PREFIX}${status}\\b` },
];
const saysAnd = (status: number, message: string): Conditions[] => [
  { status: [status], message },
  ...says(status).flatMap((each) =>
    each.message === undefined ? [] : [{ message: `(?=[^]*${message})${each.message}` }],
  ),
];

/** Statuses of HTTP, as clients tell them: https://www.rfc-editor.org/rfc/rfc9110#name-status-codes */
export const HTTP: FaultTable = {
  'provider-quota': { when: [...says(402), ...saysAnd(429, DAILY), ...saysAnd(429, MONEY)] },
  'rate-limit': { name: 'RateLimitError', when: [...says(429)] },
  'provider-key': { name: 'AuthenticationError', when: [...says(401)] },
  'provider-permission': { name: 'PermissionDeniedError', when: [...says(403)] },
  'http-down': {
    when: [{ name: OUTAGES, status: [500, 502, 503, 504, 529] }, ...[502, 503, 504].flatMap(says)],
  },
  'disk-full': { when: [{ status: [507] }] },
  proxy: {
    message: '^(?:407 |Request failed with status code 407|Response code 407)',
    when: [{ status: [407] }],
  },
  'starting-up': { code: 'HTTP_50[234]' },
  'family-refused': {
    message: '^(?:400|404|405|409|413|415|422) \\{',
    when: [{ status: [400, 404, 405, 409, 413, 414, 415, 422] }],
  },
};
