import { expect, test } from 'vitest';
import { OptionCheck } from './index.js';

const check = new OptionCheck('redis');

test('an option that cannot work is a TypeError that names the backend and the option', () => {
  expect(check.error('prefix', 'must not be empty')).toEqual(
    new TypeError('redis: `prefix` must not be empty'),
  );
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5' as never, undefined as never])(
  'the integer check refuses %s',
  (value) => {
    expect(() => check.integer('n', value)).toThrow(new TypeError('redis: `n` must be an integer above 0'));
  },
);

test('the integer check takes its range, both ends included', () => {
  expect([check.integer('n', 1, 3), check.integer('n', 3, 3)]).toEqual([1, 3]);
  expect(() => check.integer('n', 4, 3)).toThrow('redis: `n` must be an integer from 1 to 3');
});

test('the milliseconds check refuses what Node’s timers cannot wait for', () => {
  expect(check.milliseconds('timeoutMs', 2 ** 31 - 1)).toBe(2 ** 31 - 1);
  expect(() => check.milliseconds('timeoutMs', 2 ** 31)).toThrow('must be an integer from 1 to 2147483647');
});

test('the batch check takes each limit by itself and fills in the other', () => {
  const defaults = { maxItems: 1_000, maxBytes: 4_096 };
  expect(check.batch({ maxItems: 7 }, defaults)).toEqual({ maxItems: 7, maxBytes: 4_096 });
  expect(check.batch(undefined, defaults)).toEqual(defaults);
  expect(() => check.batch({ maxItems: 8 }, defaults, { maxItems: 7 })).toThrow(
    'redis: `batch.maxItems` must be an integer from 1 to 7',
  );
  expect(() => check.batch({ maxBytes: 0 }, defaults)).toThrow('redis: `batch.maxBytes`');
});

test.each([
  'canary',
  'redis://canary',
  'http://canary:1@host',
  'http://host/?canary',
  'http://host/#canary',
  '',
])('the URL check refuses %j without showing it', (text) => {
  const attempt = () => check.httpUrl(text, 'http://localhost:1');
  expect(attempt).toThrow(/^redis: `url` must/);
  expect(attempt).not.toThrow(/canary/);
});

test.each(['', 'canary key', 'canary\n', 'canary\u00e9', undefined as never])(
  'the key check refuses %j without showing it',
  (key) => {
    expect(() => check.apiKey(key)).toThrow('redis: `apiKey` must be printable ASCII');
    expect(() => check.apiKey(key)).not.toThrow(/canary/);
  },
);
