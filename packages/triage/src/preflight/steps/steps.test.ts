import { afterEach, expect, test, vi } from 'vitest';
import type { Target } from '../target.js';
import { compareClocks } from './clock.js';
import { logIn } from './login.js';
import type { Progress } from './step.js';
import { checkVersion } from './version.js';
import { codeOf, within } from './within.js';

const KEY = 'gsk_canary0123456789canary0123456789';
const PROVIDER: Target = {
  name: 'groq',
  kind: 'provider',
  host: 'api.test',
  port: 443,
  login: {
    kind: 'http',
    url: 'https://api.test/models',
    header: 'authorization',
    scheme: 'Bearer',
    variable: 'A_KEY',
  },
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

test.each([
  ['>=6.2', '7.0.15', true],
  ['>=6.2', '9.1.2 (Valkey)', true],
  ['>=14', '15', true],
  ['>=5.26', '5.26.0', true],
  ['>=0.24', '0.24.1', true],
  ['>=6.2', '6.0.9', false],
  ['>=14', '9.6', false],
])('%s holds %s: %s', async (versions, version, ok) => {
  const checked = checkVersion({ ...PROVIDER, versions }, { addresses: [], version }, 1);
  if (ok) await expect(checked).resolves.toMatchObject({ version });
  else await expect(checked).rejects.toMatchObject({ code: 'VERSION_TOO_OLD' });
});

test('a version that cannot be parsed is shown and not judged', async () => {
  const checked = checkVersion({ ...PROVIDER, versions: '>=1' }, { addresses: [], version: 'unknown' }, 1);
  await expect(checked).resolves.toEqual({ version: 'unknown', evidence: 'unknown' });
});

test('the key goes into its header and nowhere else, and no redirect is followed with it', async () => {
  const fetch = answering(200, '{"data":[]}');
  await expect(logIn(PROVIDER, { addresses: [] }, 100)).resolves.toMatchObject({
    evidence: 'accepted the key of A_KEY',
  });
  expect(fetch).toHaveBeenCalledExactlyOnceWith(
    'https://api.test/models',
    expect.objectContaining({ headers: { authorization: `Bearer ${KEY}` }, redirect: 'manual' }),
  );
});

test.each([
  [
    401,
    '{"error":{"message":"Invalid API Key","code":"invalid_api_key"}}',
    'invalid_api_key Invalid API Key',
  ],
  [
    400,
    '{"error":{"status":"INVALID_ARGUMENT","message":"API key expired.","details":[{"reason":"API_KEY_INVALID"}]}}',
    'API_KEY_INVALID API key expired.',
  ],
  [401, '{"message":"Unauthorized"}', 'Unauthorized'],
  [302, '', 'refused'],
  [500, '<html>', 'refused'],
])('a refusal with %i is reported with its reason', async (status, body, words) => {
  answering(status, body);
  const error = await logIn(PROVIDER, { addresses: [] }, 100).catch((reason) => reason);
  expect(error).toMatchObject({ code: `HTTP_${status}`, message: expect.stringContaining(words) });
});

test('a key that the provider repeats is taken out', async () => {
  answering(401, JSON.stringify({ error: { message: `wrong key ${KEY}` } }));
  const error = await logIn(PROVIDER, { addresses: [] }, 100).catch((reason) => reason);
  expect(error.message).toContain('wrong key');
  expect(error.message).not.toContain(KEY);
});

test('clocks that differ by more than a minute are worth a warning', async () => {
  const skewed = (milliseconds: number): Progress => ({
    addresses: [],
    serverTime: new Date(Date.now() - milliseconds),
  });
  await expect(compareClocks(PROVIDER, skewed(0), 1)).resolves.toBeUndefined();
  await expect(compareClocks(PROVIDER, { addresses: [] }, 1)).resolves.toBeUndefined();
  await expect(compareClocks(PROVIDER, skewed(600_000), 1)).resolves.toMatchObject({
    code: 'CLOCK_SKEW',
    evidence: expect.stringContaining('ahead of'),
  });
  await expect(compareClocks(PROVIDER, skewed(-600_000), 1)).resolves.toMatchObject({
    evidence: expect.stringContaining('behind'),
  });
});

test('what takes too long is ended with a code', async () => {
  await expect(within(1, new Promise(() => {}))).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});

test('the code of an error is found in its causes and members', () => {
  const cause = Object.assign(new Error('inner'), { code: 'ECONNRESET' });
  expect(codeOf(new TypeError('fetch failed', { cause }))).toBe('ECONNRESET');
  expect(codeOf(new AggregateError([cause]))).toBe('ECONNRESET');
  expect(codeOf(new TypeError('bare'))).toBe('TypeError');
});

function answering(status: number, body: string) {
  vi.stubEnv('A_KEY', KEY);
  const fetch = vi.fn(async () => new Response(body, { status }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}
