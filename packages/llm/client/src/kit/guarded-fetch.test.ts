import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { CarriedFailure } from './failures/carried-failure.js';
import { guardedFetch } from './guarded-fetch.js';

const answering = (response: Response) => vi.fn<typeof globalThis.fetch>(async () => response);
const guarded = (fetch: typeof globalThis.fetch) =>
  guardedFetch({ provider: 'p', baseURL: 'https://api.test/v1', fetch });

async function failureOf(call: Promise<unknown>) {
  return call.then(
    () => expect.fail('no failure'),
    (error: unknown) => error,
  );
}

test.for([
  'https://elsewhere.test/v1',
  'http://api.test/v1',
  'https://api.test:8443/v1',
  'https://api.test.elsewhere.test/v1',
  'https://api.test@elsewhere.test/v1',
])('nothing is sent to %s', async (url) => {
  const fetch = answering(new Response());
  expect(await failureOf(guarded(fetch)(url))).toMatchObject({ kind: 'bad_request', code: 'FOREIGN_ORIGIN' });
  expect(fetch).not.toHaveBeenCalled();
});

test('nor is a request that was made for elsewhere', async () => {
  const fetch = answering(new Response());
  const request = new Request('https://elsewhere.test/');
  expect(await failureOf(guarded(fetch)(request))).toMatchObject({ code: 'FOREIGN_ORIGIN' });
  expect(fetch).not.toHaveBeenCalled();
});

test('a good answer is passed on as it is, and no redirect is followed on the way', async () => {
  const response = Response.json({}, { headers: { 'content-length': '2' } });
  const fetch = answering(response);
  expect(await guarded(fetch)('https://api.test/v1/models', { method: 'GET' })).toBe(response);
  expect(fetch.mock.calls[0]?.[1]).toEqual({ method: 'GET', redirect: 'manual' });
});

test('any other answer is carried where nobody sees it', async () => {
  const failure = await failureOf(
    guarded(answering(Response.json({ error: 'canary' }, { status: 418 })))('https://api.test/'),
  );
  expect(CarriedFailure.within(failure)).toMatchObject({
    answer: { status: 418, body: { error: 'canary' } },
  });
  expect(inspect(failure, { showHidden: true, depth: 9 })).not.toContain('canary');
});

test('so is an error of the network', async () => {
  const error = new TypeError('canary');
  const failure = await failureOf(guarded(() => Promise.reject(error))('https://api.test/'));
  expect(CarriedFailure.within(failure)).toEqual({ error });
  expect(inspect(failure, { showHidden: true, depth: 9 })).not.toContain('canary');
});

test('the global fetch of the moment sends where no other is given', async () => {
  const fetch = answering(Response.json({}));
  const guardedGlobal = guardedFetch({ provider: 'p', baseURL: 'https://api.test' });
  vi.stubGlobal('fetch', fetch);
  await guardedGlobal('https://api.test/');
  vi.unstubAllGlobals();
  expect(fetch).toHaveBeenCalledOnce();
});
