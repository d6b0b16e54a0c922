import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discoverProviders } from './discover-providers.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'providers-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const probe = { url: 'https://api.example.test/models', key: 'ALPHA_KEY', header: 'x-key' };

test('a package with a provider and a probe is found', () => {
  packageWith({ provider: 'alpha', probe, variables: { ALPHA_KEY: { kind: 'secret' } } });
  const [record, ...others] = discoverProviders(join(root, 'src'));
  expect(record).toMatchObject({ provider: 'alpha', packageName: 'it', probe });
  expect(Object.keys(record?.variables ?? {})).toEqual(['ALPHA_KEY']);
  expect(others).toEqual([]);
});

test.each([[undefined], [{ url: 'https://x.test' }], [{ ...probe, header: 1 }]])(
  'an installed package without a whole probe is none: %j',
  (part) => {
    mkdirSync(join(root, 'node_modules/talk'), { recursive: true });
    write('package.json', { name: 'it', dependencies: { talk: '1' } });
    write('node_modules/talk/package.json', { name: 'talk', drydock: { provider: 'alpha', probe: part } });
    expect(discoverProviders(root)).toEqual([]);
  },
);

test('half a probe in a package of the workspace is a usage error', () => {
  packageWith({ provider: 'alpha', probe: { url: 'https://x.test' } });
  expect(() => discoverProviders(root)).toThrow('drydock.probe has no `key`');
});

function packageWith(drydock: object): void {
  mkdirSync(join(root, 'src'), { recursive: true });
  write('package.json', { name: 'it', drydock });
}

function write(path: string, content: object): void {
  writeFileSync(join(root, path), JSON.stringify(content));
}
