import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { expect, it } from 'vitest';
import { plant } from '../tree.fixture.js';
import initGenerator from './generator.js';

const PACKAGE = join(import.meta.dirname, '../..');

it('writes into the tree that Nx shows, and nothing itself', () => {
  const root = plant({ 'package.json': { devDependencies: { vitest: '^4.1.0' } }, 'nx.json': {} });
  const written = new Map<string, string>();
  const tree = { root, write: (path: string, text: string) => written.set(path, text) };
  expect(initGenerator(tree as unknown as Tree)).toBeTypeOf('function');
  expect(JSON.parse(written.get('nx.json') ?? '').plugins).toEqual([
    { plugin: '@drydock/nx', options: { typescript: false } },
  ]);
  expect([...written.keys()].filter((path) => existsSync(join(root, path)))).toEqual([
    'package.json',
    'nx.json',
  ]);
  expect(readFileSync(join(root, 'nx.json'), 'utf8')).toBe('{}');
});

it('is found by Nx: the files that generators.json names are the published ones', () => {
  const { generators } = JSON.parse(readFileSync(join(PACKAGE, 'generators.json'), 'utf8'));
  const { files } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  expect(generators.init.factory).toBe('./dist/init/generator.js');
  expect(files).toEqual(expect.arrayContaining(['dist', 'generators.json', generators.init.schema.slice(2)]));
  expect(existsSync(join(PACKAGE, generators.init.schema))).toBe(true);
});
