import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RUNS_FOR_EVER } from '../testing/fake-server.fixture.js';
import type { Fetcher } from './fetcher.js';
import { type FetchOptions, fetchPackage } from './package-cache.js';

// Each test starts processes, which a busy machine may keep waiting.
vi.setConfig({ testTimeout: 30_000 });

let cacheDir: string;

beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'cache-test-'));
});

afterEach(() => rmSync(cacheDir, { recursive: true, force: true }));

const request = { registry: 'npm', name: '@scope/tool', version: '1.2.3', integrity: ['sha512-x'] } as const;
const home = () => join(cacheDir, 'npm', '@scope+tool@1.2.3');
const FILLS = `require('node:fs').mkdirSync('content'); require('node:fs').writeFileSync('content/tool', 'v1')`;

test('a package is fetched once, and then found without its client', async () => {
  const { options, fetcher } = withClient(FILLS);
  const folder = await fetchPackage(request, options);
  expect(folder).toBe(join(home(), 'content'));
  expect(readFileSync(join(folder, 'tool'), 'utf8')).toBe('v1');
  await expect(fetchPackage(request, options)).resolves.toBe(folder);
  expect(fetcher.prepare).toHaveBeenCalledTimes(1);
  expect(options.onFetch).toHaveBeenCalledExactlyOnceWith('fetching @scope/tool 1.2.3 from a registry');
  expect(readdirSync(cacheDir)).toEqual(['npm']);
});

test.each([
  ['another content', () => writeFileSync(join(home(), 'content', 'tool'), 'v2')],
  ['a file more', () => writeFileSync(join(home(), 'content', 'preload'), '')],
  ['a file less', () => rmSync(join(home(), 'content', 'tool'))],
])('a package with %s than was fetched is fetched anew', async (_, change) => {
  const { options, fetcher } = withClient(FILLS);
  await fetchPackage(request, options);
  change();
  const folder = await fetchPackage(request, options);
  expect(readdirSync(folder)).toEqual(['tool']);
  expect(readFileSync(join(folder, 'tool'), 'utf8')).toBe('v1');
  expect(fetcher.prepare).toHaveBeenCalledTimes(2);
  expect(options.onFetch).toHaveBeenLastCalledWith(
    'fetching @scope/tool 1.2.3 from a registry, because its copy in the cache was changed',
  );
  expect(readdirSync(cacheDir)).toEqual(['npm']);
});

test('a package that was fetched before digests were kept is used', async () => {
  const { options, fetcher } = withClient(FILLS);
  mkdirSync(join(home(), 'content'), { recursive: true });
  writeFileSync(join(home(), 'drydock-package.json'), JSON.stringify(request));
  await fetchPackage(request, options);
  expect(fetcher.prepare).not.toHaveBeenCalled();
});

test('two that need the same package at once share one fetch', async () => {
  const { options, fetcher } = withClient(FILLS);
  const folders = await Promise.all([fetchPackage(request, options), fetchPackage(request, options)]);
  expect(new Set(folders).size).toBe(1);
  expect(fetcher.prepare).toHaveBeenCalledTimes(1);
});

test('a package that another process put there meanwhile is used', async () => {
  const { options, fetcher } = withClient(FILLS);
  fetcher.prepare.mockImplementationOnce(async () => {
    mkdirSync(join(home(), 'content'), { recursive: true });
    writeFileSync(join(home(), 'content', 'tool'), 'theirs');
    writeFileSync(join(home(), 'drydock-package.json'), '{}');
    return { file: process.execPath, args: ['-e', FILLS] };
  });
  const folder = await fetchPackage(request, options);
  expect(readFileSync(join(folder, 'tool'), 'utf8')).toBe('theirs');
  expect(readdirSync(cacheDir)).toEqual(['npm']);
});

test.each([
  ['a client that fails', 'console.error("EINTEGRITY"); process.exit(1)', 'exited with code 1'],
  ['a package without what it promises', '', 'a registry gave a package without the expected content'],
])('%s leaves nothing in the cache', async (_, script, message) => {
  const { options } = withClient(script);
  await expect(fetchPackage(request, options)).rejects.toThrow(message);
  expect(existsSync(home())).toBe(false);
  expect(readdirSync(cacheDir)).toEqual(['npm']);
});

test('a failed fetch can be tried again', async () => {
  await expect(fetchPackage(request, withClient('process.exit(1)').options)).rejects.toThrow('exited');
  await expect(fetchPackage(request, withClient(FILLS).options)).resolves.toContain('content');
});

test('a missing client is named', async () => {
  const { options, fetcher } = withClient('');
  fetcher.prepare.mockResolvedValueOnce(undefined);
  await expect(fetchPackage(request, options)).rejects.toThrow('a client is not installed');
});

test('a fetch that takes too long is ended', async () => {
  const { options } = withClient(RUNS_FOR_EVER);
  await expect(fetchPackage(request, { ...options, timeoutMs: 100 })).rejects.toThrow(
    'did not end within 100 ms',
  );
  expect(readdirSync(cacheDir)).toEqual(['npm']);
});

test.each([
  ['before its client runs', 'onFetch'],
  ['while its client runs', 'prepare'],
] as const)('a fetch that is called off %s is ended', async (_, moment) => {
  const { options, fetcher } = withClient(RUNS_FOR_EVER);
  const controller = new AbortController();
  const run = { file: process.execPath, args: ['-e', RUNS_FOR_EVER] };
  if (moment === 'onFetch') options.onFetch.mockImplementation(() => controller.abort());
  fetcher.prepare.mockImplementation(async () => {
    if (moment === 'prepare') setTimeout(() => controller.abort(), 50);
    return run;
  });
  const fetching = fetchPackage(request, { ...options, signal: controller.signal });
  await expect(fetching).rejects.toMatchObject({ name: 'AbortError' });
  expect(readdirSync(cacheDir)).toEqual(['npm']);
});

test('a package that differs by platform is kept apart', async () => {
  const { options, fetcher } = withClient(FILLS);
  const folder = await fetchPackage(request, {
    ...options,
    fetchers: { npm: { ...fetcher, perPlatform: true }, pypi: fetcher, maven: fetcher },
  });
  expect(dirname(folder)).toBe(`${home()}-${process.platform}-${process.arch}`);
});

test('the client sees nothing of the script that npm happens to run', async () => {
  vi.stubEnv('npm_config_workspace', 'packages/x');
  vi.stubEnv('npm_config_registry', 'kept');
  const { options } = withClient(
    `${FILLS}; require('node:fs').writeFileSync('content/env', JSON.stringify(process.env))`,
  );
  const folder = await fetchPackage(request, options);
  const env = JSON.parse(readFileSync(join(folder, 'env'), 'utf8'));
  expect(env).toMatchObject({ npm_config_registry: 'kept' });
  expect(env).not.toHaveProperty('npm_config_workspace');
  vi.unstubAllEnvs();
});

function withClient(script: string) {
  const fetcher = {
    registry: 'a registry',
    client: 'a client',
    perPlatform: false,
    prepare: vi.fn<Fetcher['prepare']>(async () => ({ file: process.execPath, args: ['-e', script] })),
    placeOf: () => 'content',
  };
  const options = {
    cacheDir,
    timeoutMs: 10_000,
    onFetch: vi.fn(),
    fetchers: { npm: fetcher, pypi: fetcher, maven: fetcher },
  };
  return { fetcher, options: options satisfies FetchOptions };
}
