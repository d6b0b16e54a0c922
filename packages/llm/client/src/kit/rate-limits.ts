import type { RateLimit, RateLimits } from '../contract/index.js';
import type { WallClock } from './failures/retry-after.js';

/** Names of one limit in headers: those of OpenAI and Groq, of Mistral, and of gateways that name requests alone. */
const NAMES: Readonly<Record<keyof RateLimits, readonly string[]>> = {
  requests: ['x-ratelimit-$-requests', 'x-ratelimit-$-req-minute', 'x-ratelimit-$', 'ratelimit-$'],
  tokens: ['x-ratelimit-$-tokens', 'x-ratelimit-$-tokens-minute'],
};
/** Times of a duration such as `1h2m59.56s` or `120ms`, in milliseconds. */
const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
/** Below this a number of seconds is a duration, above it a date in seconds, then one in milliseconds. */
const LEAST_DATE = 1e9;
const LEAST_DATE_MS = 1e12;

/** What the headers of an answer say of the account's limits; undefined where they say nothing. */
export function rateLimitsOf(
  headers: Headers | undefined,
  now: WallClock = Date.now,
): RateLimits | undefined {
  if (!headers) return undefined;
  const found = Object.entries(NAMES).flatMap(([of, names]) => {
    const limit = limitOf(headers, names, now);
    return limit ? [[of, limit] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function limitOf(headers: Headers, names: readonly string[], now: WallClock): RateLimit | undefined {
  for (const name of names) {
    const value = (what: string) => headers.get(name.replace('$', what))?.trim() || undefined;
    const [limit, remaining, resetMs] = [
      countOf(value('limit')),
      countOf(value('remaining')),
      durationOf(value('reset'), now),
    ];
    if (limit !== undefined || remaining !== undefined)
      return {
        ...(limit !== undefined && { limit }),
        ...(remaining !== undefined && { remaining }),
        ...(resetMs !== undefined && { resetMs }),
      };
  }
  return undefined;
}

function countOf(value = ''): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** The time until a reset, which services write as a duration, as seconds, or as a date. */
function durationOf(value: string | undefined, now: WallClock): number | undefined {
  if (value === undefined) return undefined;
  const number = countOf(value);
  if (number !== undefined) {
    if (number < LEAST_DATE) return number * 1_000;
    return Math.max(0, (number < LEAST_DATE_MS ? number * 1_000 : number) - now());
  }
  if (/^(?:\d+(?:\.\d+)?(?:ms|[dhms]))+$/.test(value)) {
    const parts = [...value.matchAll(/([\d.]+)(ms|[dhms])/g)];
    return Math.round(
      parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0),
    );
  }
  const date = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now());
}
