import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const built = (name: string) =>
  JSON.stringify(pathToFileURL(resolve(import.meta.dirname, `../../dist/environment/${name}.js`)).href);
const DOTENV = createRequire(import.meta.url).resolve('dotenv');

const CONFIG = `
import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { setupFiles: ['./setup.mjs'] } });
`;

const SETUP = `
import { allowStubs } from ${built('allow-stubs')};
import { guardEnvironment } from ${built('guard-environment')};
import { vi } from 'vitest';
const dropped = [];
const guard = guardEnvironment({
  names: ['REDIS_URL'],
  allow: ['ALLOWED_TOKEN'],
  onDropped: (variable) => dropped.push(variable),
});
allowStubs(vi, guard);
globalThis.environment = { guard, dropped };
`;

const CHILD = `console.log(JSON.stringify([process.env.REDIS_URL ?? null, process.env.HARMLESS ?? null]))`;

const TESTS = `
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import process, { env as named, loadEnvFile } from 'node:process';
import { parseEnv } from 'node:util';
import { Worker } from 'node:worker_threads';
import { beforeEach, expect, test, vi } from 'vitest';

const { guard, dropped } = globalThis.environment;
const dotenv = createRequire(import.meta.url)(${JSON.stringify(DOTENV)});
const CHILD = ${JSON.stringify(CHILD)};
const names = () => dropped.map(({ name }) => name);
beforeEach(() => { dropped.length = 0; });

test('what was there is gone', () => {
  expect(guard.removed).toEqual(expect.arrayContaining(['CANARY_API_KEY', 'REDIS_URL']));
  expect(process.env.REDIS_URL).toBeUndefined();
  expect(process.env.CANARY_API_KEY).toBeUndefined();
  expect(named.REDIS_URL).toBeUndefined();
  expect(process.env.HARMLESS).toBe('yes');
  expect(process.env.ALLOWED_TOKEN).toBe('stays');
});

test('an assignment is dropped and noted with its place', () => {
  process.env.REDIS_URL = 'redis://canary';
  expect(process.env.REDIS_URL).toBeUndefined();
  expect('REDIS_URL' in process.env).toBe(false);
  expect(dropped).toHaveLength(1);
  expect(dropped[0].name).toBe('REDIS_URL');
  expect(dropped[0].frame).toMatch(/env\\.test\\.mjs:\\d+:\\d+/);
});

test('every other way to set is dropped too', () => {
  Object.assign(process.env, { REDIS_URL: 'x', A: '1' });
  Object.defineProperty(process.env, 'REDIS_URL', { value: 'x', configurable: true, writable: true, enumerable: true });
  Reflect.set(process.env, 'REDIS_URL', 'x');
  Reflect.defineProperty(process.env, 'REDIS_URL', { value: 'x', configurable: true, writable: true, enumerable: true });
  Object.assign(process.env, parseEnv('REDIS_URL=x'));
  globalThis.process.env.REDIS_URL = 'x';
  import.meta.env.REDIS_URL = 'x';
  expect(process.env.REDIS_URL).toBeUndefined();
  expect(process.env.A).toBe('1');
  expect(names()).toEqual(Array(7).fill('REDIS_URL'));
  delete process.env.A;
});

test('the named export is guarded', () => {
  named.REDIS_URL = 'x';
  expect(process.env.REDIS_URL).toBeUndefined();
  expect(names()).toEqual(['REDIS_URL']);
});

test('dotenv loads the rest', () => {
  dotenv.config({ quiet: true, path: new URL('.env', import.meta.url).pathname });
  expect(process.env.FROM_FILE).toBe('yes');
  expect(process.env.REDIS_URL).toBeUndefined();
  expect(process.env.OTHER_SECRET).toBeUndefined();
  expect(names().sort()).toEqual(['OTHER_SECRET', 'REDIS_URL']);
  expect(dropped[0].frame).toMatch(/env\\.test\\.mjs/);
  delete process.env.FROM_FILE;
});

test.each([['process', () => process.loadEnvFile], ['named import', () => loadEnvFile]])('loadEnvFile of %s', (_, load) => {
  load()(new URL('.env', import.meta.url).pathname);
  expect(process.env.FROM_FILE).toBe('yes');
  expect(process.env.REDIS_URL).toBeUndefined();
  expect(names()).toEqual(['OTHER_SECRET', 'REDIS_URL']);
  delete process.env.FROM_FILE;
});

test('a replaced environment is guarded', () => {
  const before = process.env;
  process.env = { ...before, REDIS_URL: 'x', MORE: '1' };
  expect(process.env.MORE).toBe('1');
  expect(process.env.REDIS_URL).toBeUndefined();
  process.env.CANARY_API_KEY = 'x';
  expect(process.env.CANARY_API_KEY).toBeUndefined();
  process.env = before;
  expect(process.env.MORE).toBeUndefined();
  expect(names()).toEqual(['REDIS_URL', 'CANARY_API_KEY']);
});

test('a deliberate stub passes and goes', () => {
  vi.stubEnv('REDIS_URL', 'redis://stub');
  expect(process.env.REDIS_URL).toBe('redis://stub');
  expect(guard.sweep()).toEqual([]);
  vi.unstubAllEnvs();
  expect(process.env.REDIS_URL).toBeUndefined();
  expect(dropped).toEqual([]);
});

test('an allowed name passes', () => {
  process.env.ALLOWED_TOKEN = 'again';
  expect(process.env.ALLOWED_TOKEN).toBe('again');
  process.env.ALLOWED_TOKEN = 'stays';
});

test('what came in past process.env is swept', () => {
  Object.defineProperty(import.meta.env, 'REDIS_URL', { value: 'x', configurable: true, writable: true, enumerable: true });
  expect(guard.sweep()).toEqual(['REDIS_URL']);
  expect(process.env.REDIS_URL).toBeUndefined();
});

test('children and workers inherit what is left', async () => {
  process.env.REDIS_URL = 'x';
  const expected = [null, 'yes'];
  expect(JSON.parse(execFileSync(process.execPath, ['-e', CHILD], { encoding: 'utf8' }))).toEqual(expected);
  const spread = spawnSync(process.execPath, ['-e', CHILD], { encoding: 'utf8', env: { ...process.env } });
  expect(JSON.parse(spread.stdout)).toEqual(expected);
  for (const options of [{}, { env: process.env }]) {
    const source = "require('worker_threads').parentPort.postMessage([process.env.REDIS_URL ?? null, process.env.HARMLESS ?? null])";
    const worker = new Worker(source, { eval: true, ...options });
    const [message] = await once(worker, 'message');
    expect(message).toEqual(expected);
    await worker.terminate();
  }
});

test('the rest behaves as ever', () => {
  process.env.NUMBER = 7;
  expect(process.env.NUMBER).toBe('7');
  expect(Object.keys(process.env)).toContain('NUMBER');
  expect(Reflect.ownKeys(process.env)).toContain('NUMBER');
  expect({ ...process.env }.NUMBER).toBe('7');
  expect(JSON.parse(JSON.stringify(process.env)).NUMBER).toBe('7');
  expect(Object.getOwnPropertyDescriptor(process.env, 'NUMBER')).toEqual({ value: '7', writable: true, enumerable: true, configurable: true });
  expect(Object.hasOwn(process.env, 'NUMBER')).toBe(true);
  expect(delete process.env.NUMBER).toBe(true);
  expect('NUMBER' in process.env).toBe(false);
  expect(() => Object.defineProperty(process.env, 'REDIS_URL', { get: () => 'x' })).toThrow(/accessor/);
  expect(() => { process.env[Symbol('s')] = 'x'; }).toThrow(/Symbol/);
  const heir = Object.create(process.env);
  heir.REDIS_URL = 'own';
  expect(Object.hasOwn(heir, 'REDIS_URL')).toBe(true);
  expect(process.env.REDIS_URL).toBeUndefined();
});
`;

const RESTORE = `
import { guardEnvironment } from ${built('guard-environment')};
import { afterAll, expect, test } from 'vitest';

const { guard, dropped } = globalThis.environment;
const options = (notes) => ({ names: ['REDIS_URL'], allow: ['ALLOWED_TOKEN'], onDropped: (variable) => notes.push(variable) });
let last;
afterAll(() => guardEnvironment(options(dropped)));

test('a later guard takes over, also of an environment that was kept', () => {
  const kept = process.env;
  const notes = [];
  dropped.length = 0;
  last = guardEnvironment(options(notes));
  kept.REDIS_URL = 'x';
  process.env.REDIS_URL = 'x';
  expect(process.env.REDIS_URL).toBeUndefined();
  expect([dropped.length, notes.length]).toEqual([0, 2]);
  guard.restore();
  process.env.REDIS_URL = 'x';
  expect(notes).toHaveLength(3);
});

test('a stack of another form does not matter', () => {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, sites) => sites;
  process.env.REDIS_URL = 'x';
  Error.prepareStackTrace = before;
  expect(process.env.REDIS_URL).toBeUndefined();
});

test('restored, the environment is the real one', () => {
  last.restore();
  expect(Object.getOwnPropertyDescriptor(process, 'env')).toMatchObject({ writable: true, enumerable: true, configurable: true });
  process.env.REDIS_URL = 'x';
  expect(process.env.REDIS_URL).toBe('x');
  expect(() => structuredClone(process.env)).not.toThrow();
  delete process.env.REDIS_URL;
});
`;

/** A project whose setup guards the environment as a worker does, and whose tests try every way around it. */
export const GUARDED_PROJECT = {
  'vitest.config.ts': CONFIG,
  'setup.mjs': SETUP,
  'env.test.mjs': TESTS,
  // A second file in the same worker finds the guard of the first.
  'second.test.mjs': TESTS.replaceAll('env\\.test', 'second\\.test'),
  'restore.test.mjs': RESTORE,
  '.env': 'REDIS_URL=redis://canary\nOTHER_SECRET=canary\nFROM_FILE=yes\n',
};

/** Variables that are set before the project's tests start. */
export const SET_BEFORE = {
  REDIS_URL: 'redis://canary',
  CANARY_API_KEY: 'canary',
  ALLOWED_TOKEN: 'stays',
  HARMLESS: 'yes',
};
