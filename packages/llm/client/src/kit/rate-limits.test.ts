import { expect, test } from 'vitest';
import { rateLimitsOf } from './rate-limits.js';

const NOW = Date.UTC(2026, 10, 30, 12);

test.for<[headers: Record<string, string>, limits: object | undefined]>([
  [{}, undefined],
  [
    {
      'x-ratelimit-limit-requests': '14400',
      'x-ratelimit-remaining-requests': '14370',
      'x-ratelimit-reset-requests': '2m59.56s',
      'x-ratelimit-limit-tokens': '18000',
      'x-ratelimit-remaining-tokens': '17997',
      'x-ratelimit-reset-tokens': '120ms',
    },
    {
      requests: { limit: 14_400, remaining: 14_370, resetMs: 179_560 },
      tokens: { limit: 18_000, remaining: 17_997, resetMs: 120 },
    },
  ],
  [
    { 'x-ratelimit-limit-req-minute': '720', 'x-ratelimit-remaining-req-minute': '717' },
    { requests: { limit: 720, remaining: 717 } },
  ],
  [
    { 'x-ratelimit-remaining-tokens-minute': '0', 'x-ratelimit-reset-tokens-minute': '7' },
    { tokens: { remaining: 0, resetMs: 7_000 } },
  ],
  [
    { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 5_000) },
    { requests: { limit: 20, remaining: 0, resetMs: 5_000 } },
  ],
  [
    { 'ratelimit-remaining': '3', 'ratelimit-reset': String(NOW / 1_000 - 5) },
    { requests: { remaining: 3, resetMs: 0 } },
  ],
  [
    { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '2026-11-30T12:00:01Z' },
    { requests: { remaining: 3, resetMs: 1_000 } },
  ],
  [{ 'x-ratelimit-remaining-requests': 'many', 'x-ratelimit-reset-requests': 'soon' }, undefined],
  [
    { 'x-ratelimit-remaining-requests': '1', 'x-ratelimit-reset-requests': 'soon' },
    { requests: { remaining: 1 } },
  ],
])('the limits in %o', ([headers, limits]) => {
  expect(rateLimitsOf(new Headers(headers), () => NOW)).toEqual(limits);
});
