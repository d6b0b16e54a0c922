import { expect, test, vi } from 'vitest';
import { type ProbeSteps, probeWith } from './index.js';

const CANARY = 'canary-password';
const close = vi.fn();
const probe = (steps: Partial<ProbeSteps<object>> = {}, timeoutMs = 1_000) =>
  probeWith(
    {
      service: 'Redis',
      open: () => ({}),
      login: async () => ({ version: '7.4' }),
      close,
      codeOf: (error) => (error as { code?: string }).code,
      ...steps,
    },
    timeoutMs,
  );
const codeOfFailed = async (...given: Parameters<typeof probe>) => {
  const error = await probe(...given).catch((reason) => reason);
  expect(String(error.stack)).not.toContain(CANARY);
  expect(error.message).toBe(`Redis gave no login: ${error.code}`);
  return error.code;
};

test('a probe tells the version and closes its client', async () => {
  close.mockClear();
  await expect(probe()).resolves.toEqual({ version: '7.4' });
  expect(close).toHaveBeenCalledTimes(1);
});

test.each([
  ['the driver’s code', { login: () => Promise.reject({ code: 'WRONGPASS', message: CANARY }) }, 'WRONGPASS'],
  [
    'the service’s name where there is no code',
    { login: () => Promise.reject(new Error(CANARY)) },
    'NOT_REDIS',
  ],
])('a probe that fails has %s and no secret, and closes its client', async (_, steps, code) => {
  close.mockClear();
  expect(await codeOfFailed(steps)).toBe(code);
  expect(close).toHaveBeenCalledTimes(1);
});

test('a probe whose client cannot be made says that the address is wrong', async () => {
  const open = () => {
    throw new TypeError(`Invalid URL ${CANARY}`);
  };
  expect(await codeOfFailed({ open })).toBe('ERR_INVALID_URL');
});

test('a probe of a silent server ends in time, a fraction of a millisecond included', async () => {
  close.mockClear();
  expect(await codeOfFailed({ login: () => new Promise(() => {}) }, 10.5)).toBe('ETIMEDOUT');
  expect(close).toHaveBeenCalledTimes(1);
});
