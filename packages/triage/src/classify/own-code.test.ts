import { expect, test } from 'vitest';
import { isOwnMade } from './own-code.js';

test.each([
  ['    at fail (/repo/src/a.ts:3:9)', true],
  [' ❯ a.test.ts:3:9', true],
  ['    at new Promise (<anonymous>)\n    at file:///repo/a.ts:3:9', true],
  ['    at fail (C:\\repo\\a.ts:3:9)', true],
  ['    at f (/repo/node_modules/pg/lib/client.js:1:2)\n    at /repo/a.ts:3:9', false],
  ['    at f (/repo/.yarn/cache/pg.zip/node_modules/pg/client.js:1:2)', false],
  ['    at TCP.onStreamRead (node:internal/stream_base_commons:1:1)\n    at /repo/a.ts:3:9', false],
  ['    at org.postgresql.Driver.connect(Driver.java:12)', false],
  ['', false],
  [undefined, false],
])('%j: %j', (stack, own) => {
  expect(isOwnMade(stack === undefined ? {} : { stack })).toBe(own);
});

test('a stack of blanks takes no time', () => {
  const start = performance.now();
  isOwnMade({ stack: `${' \n'.repeat(50_000)}x` });
  expect(performance.now() - start).toBeLessThan(1_000);
});
