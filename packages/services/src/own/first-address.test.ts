import { expect, test } from 'vitest';
import { firstAddress } from './first-address.js';

test.each([
  ['mongodb://u:p,w@a:1,b:2/app?x=1', 'mongodb://u:p,w@a:1/app?x=1'],
  ['a:9092, b:9092', 'a:9092'],
  ['http://a:1;http://b:1', 'http://a:1'],
  ['[::1]:9042,c:1', '[::1]:9042'],
  ['redis://a', 'redis://a'],
  ['fake://a b', 'fake://a b'],
  ['', ''],
])('%s begins with %s', (value, first) => {
  expect(firstAddress(value)).toBe(first);
});
