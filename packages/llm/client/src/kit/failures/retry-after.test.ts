import { expect, test } from 'vitest';
import { retryAfterOf } from './retry-after.js';

const NOW = Date.UTC(2026, 10, 23, 12);

test.for<[headers: Record<string, string>, ms: number | undefined]>([
  [{}, undefined],
  [{ 'retry-after': '3' }, 3_000],
  [{ 'retry-after': ' 3 ' }, 3_000],
  [{ 'retry-after': '0.0001' }, 1],
  [{ 'retry-after': '99999999999' }, 99_999_999_999_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Monday, 23-Nov-26 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': 'Someday, 99 Nov 2026' }, undefined],
  [{ 'retry-after': '-1' }, undefined],
  [{ 'retry-after': '1e3' }, undefined],
  [{ 'retry-after': '0x10' }, undefined],
  [{ 'retry-after': 'Infinity' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{ 'retry-after': '60', 'retry-after-ms': '250' }, 250],
])('%o', ([headers, ms]) => {
  expect(retryAfterOf(new Headers(headers), () => NOW)).toBe(ms);
});
