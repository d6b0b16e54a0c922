import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discoverServices } from './discover.js';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'discover-test-')));
  packageAt('.', { name: 'root', workspaces: ['packages/*'], devDependencies: { 'store-b': '1' } });
  write('package-lock.json', '{}');
  packageAt('packages/a', { name: 'store-a', ...backend('alpha') });
  packageAt('packages/app', { name: 'app', dependencies: { 'store-a': '*', 'store-c': '1', missing: '1' } });
  packageAt('packages/plain', { name: 'plain' });
  packageAt('node_modules/store-b', { name: 'store-b', exports: {}, ...backend('beta') });
  packageAt('packages/app/node_modules/store-c', { name: 'store-c', ...backend('gamma') });
  symlinkSync(join(root, 'packages', 'a'), join(root, 'node_modules', 'store-a'), 'junction');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('the root of a workspace sees its members and what any of them depends on', () => {
  expect(backendsFrom('.')).toEqual(['alpha', 'beta', 'gamma']);
});

test('a project sees itself and its own dependencies', () => {
  expect(backendsFrom('packages/app')).toEqual(['alpha', 'gamma']);
  expect(backendsFrom('packages/a')).toEqual(['alpha']);
  expect(backendsFrom('packages/plain')).toEqual([]);
});

test('a folder inside a project stands for the project', () => {
  mkdirSync(join(root, 'packages', 'a', 'src', 'deep'), { recursive: true });
  expect(backendsFrom('packages/a/src/deep')).toEqual(['alpha']);
});

test('a project of its own, outside any workspace, sees its dependencies', () => {
  packageAt('alone', { name: 'alone', devDependencies: { 'store-d': '1' } });
  packageAt('alone/node_modules/store-d', { name: 'store-d', ...backend('delta') });
  expect(backendsFrom('alone')).toEqual(['delta']);
});

test('a definition in the workspace goes before an installed one of the same name', () => {
  packageAt('node_modules/store-b', { name: 'store-b', ...backend('alpha') });
  const [record] = discoverServices(root);
  expect(record?.packageName).toBe('store-a');
});

test('a record has the variables without loading the module', () => {
  const [record] = discoverServices(join(root, 'packages', 'a'));
  expect(record).toMatchObject({
    backend: 'alpha',
    packageName: 'store-a',
    packageDir: join(root, 'packages', 'a'),
    variables: { ALPHA_URL: { kind: 'url', example: 'alpha://localhost' } },
  });
});

test('loading gives the definition', async () => {
  write('packages/a/service.mjs', `export const service = { backend: 'alpha', remedy: 'x' };`);
  await expect(discoverServices(join(root, 'packages', 'a'))[0]?.load()).resolves.toMatchObject({
    remedy: 'x',
  });
});

test.each([
  ['does not exist', undefined, 'Build the package'],
  ['exports no `service`', 'export const other = 1;', 'Export a ServiceDefinition'],
  ['exports no `service`', `export const service = { backend: 'beta' };`, 'Export a ServiceDefinition'],
])('a module that %s is an error with a remedy', async (why, source, remedy) => {
  if (source !== undefined) write('packages/a/service.mjs', source);
  const loading = discoverServices(join(root, 'packages', 'a'))[0]?.load();
  await expect(loading).rejects.toMatchObject({
    kind: 'definition',
    message: expect.stringContaining(why),
    remedy: expect.stringContaining(remedy),
  });
});

function backendsFrom(dir: string): string[] {
  return discoverServices(join(root, dir)).map((record) => record.backend);
}

function backend(name: string) {
  const variables = { [`${name.toUpperCase()}_URL`]: { kind: 'url', example: `${name}://localhost` } };
  return { drydock: { backend: name, service: './service.mjs', variables } };
}

function packageAt(dir: string, json: object): void {
  write(join(dir, 'package.json'), JSON.stringify({ version: '1.0.0', ...json }));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
