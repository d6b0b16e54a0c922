import type { Conditions, Rule } from '../classify/rule.js';
import { CLIENTS } from './login.js';

const DAILY = '(?:per[ _-]?day|PerDay|\\bTPD\\b|\\bRPD\\b|daily)';
const MONEY =
  '(?:insufficient_quota|billing|payment|credit|spend|budget|prepay|exceeded your current quota(?![^]*PerMinute))';

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

/** What stands for a status where a report kept only words. */
const says = (status: number): Conditions[] => [
  { name: CLIENTS, status: [status] },
  { origin: '.+', status: [status] },
  { code: `HTTP_${status}` },
  { status: [status], message: `^(?:${REASONS[status] ?? 'none'})$` },
  { stack: '[/\\\\]@qdrant[/\\\\]', message: `^(?:${REASONS[status] ?? 'none'})$` },
  {
    name: '\\w*Error',
    message: `^(?:\\[\\w+ Error\\]: |Unexpected Response: |API error occurred: Status |Request failed with (?:HTTP code|status code) )?(?:Error fetching from \\S+: \\[)?${status}\\b`,
  },
];
const saysAnd = (status: number, message: string): Conditions[] => [
  { status: [status], message },
  ...says(status).flatMap((each) =>
    each.message === undefined ? [] : [{ message: `(?=[^]*${message})${each.message}` }],
  ),
];

/** Providers of models and servers behind HTTP: credentials, limits, outages. */
export const HTTP_RULES: readonly Rule[] = [
  {
    id: 'spend-cap',
    class: 'environment',
    subclass: 'quota',
    remedy: 'The run’s own spend cap is reached: raise it, or run fewer real calls.',
    when: [{ code: 'SPEND_CAP|spend_cap' }],
  },
  {
    id: 'provider-quota',
    class: 'environment',
    subclass: 'quota',
    remedy: 'The account’s quota is used up: wait for its reset, raise the limit, or use another key.',
    when: [
      { kind: 'quota' },
      ...says(402),
      ...saysAnd(429, DAILY),
      ...saysAnd(429, MONEY),
      { code: 'insufficient_quota|quota_exceeded|billing_hard_limit_reached' },
    ],
  },
  {
    id: 'rate-limit',
    class: 'environment',
    subclass: 'rate-limit',
    remedy: 'Too many requests in too short a time: wait, run fewer at once, or raise the limit.',
    passing: true,
    when: [
      { kind: 'rate_limit' },
      ...says(429),
      {
        code: 'rate_limit_exceeded|RESOURCE_EXHAUSTED|Neo\\.ClientError\\.Security\\.AuthenticationRateLimit',
      },
      { name: 'RateLimitError|QdrantClientResourceExhaustedError' },
    ],
  },
  {
    id: 'provider-key',
    class: 'environment',
    subclass: 'login',
    remedy:
      'The key was refused: check the variable of {origin} (is it expired, or for another account?); then: drydock doctor.',
    when: [
      { kind: 'auth' },
      ...says(401),
      {
        message:
          'API[ _]key (?:not valid|expired|not found|invalid)|API_KEY_INVALID|invalid_api_key|Incorrect API key|Organization (?:has been )?restricted|Forbidden - a valid `x-typesense-api-key`',
      },
      { code: 'invalid_api_key|API_KEY_INVALID|organization_restricted' },
      { name: 'AuthenticationError|RequestUnauthorized' },
    ],
  },
  {
    id: 'provider-region',
    class: 'environment',
    subclass: 'region',
    remedy:
      'The provider does not serve this place or account: run from a supported region, or ask the provider.',
    when: [
      {
        message: 'User location is not supported|not available in your (?:country|region)',
      },
    ],
  },
  {
    id: 'provider-permission',
    class: 'environment',
    subclass: 'privilege',
    remedy: 'The key may not do this: use one with the right, or grant it.',
    when: [...says(403), { code: 'PERMISSION_DENIED' }, { name: 'PermissionDeniedError' }],
  },
  {
    id: 'http-down',
    class: 'environment',
    subclass: 'unavailable',
    remedy:
      '{origin}, or what stands before it, does not serve now: look at its status page or log, and try again.',
    confidence: 0.8,
    passing: true,
    when: [
      ...[500, 502, 503, 504, 529].flatMap((status) => [
        {
          name: 'InternalServerError|APIError|ApiError|SDKError|GoogleGenerativeAI\\w*Error|MistralError|Llm\\w+Error',
          status: [status],
        },
      ]),
      ...[502, 503, 504].flatMap(says),
      { kind: 'unavailable', origin: 'gemini|groq|mistral' },
    ],
  },
];
