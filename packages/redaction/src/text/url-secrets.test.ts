import { expect, test } from 'vitest';
import { secretPartsOfUrl } from './url-secrets.js';

test('each of several URLs has its secrets', () => {
  const parts = secretPartsOfUrl(
    'redis://:one@a:1 redis://:two@b:2,amqp://me:thr%20ee@c/;https://d/?key=four',
  );
  expect(parts).toEqual(expect.arrayContaining(['one', 'two', 'thr%20ee', 'thr ee', 'four']));
});

test('a text of another kind has none', () => expect(secretPartsOfUrl('a, redis://:one@a')).toBeUndefined());
