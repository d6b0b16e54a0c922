import { expect, test } from 'vitest';
import { lazily } from './lazily.js';

test('loads when it is first needed, once', async () => {
  let loads = 0;
  const load = lazily(async () => {
    loads += 1;
    return loads;
  });
  expect(loads).toBe(0);
  expect(await Promise.all([load(), load()])).toEqual([1, 1]);
});

test('tries again after a failure', async () => {
  const results = [Promise.reject(new Error('not yet')), Promise.resolve('loaded')];
  results[0]?.catch(() => {});
  const load = lazily(() => results.shift() as Promise<string>);
  await expect(load()).rejects.toThrow('not yet');
  await expect(load()).resolves.toBe('loaded');
});
