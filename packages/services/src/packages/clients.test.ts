import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { npm } from './npm.js';
import { pypi } from './pypi.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clients-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('npm gets a lock file with the pinned digest, and runs no script', async () => {
  const request = {
    registry: 'npm',
    name: '@scope/tool',
    version: '1.2.3',
    integrity: ['sha512-x'],
  } as const;
  const command = await npm.prepare(request, folder);
  expect(command?.args).toEqual(expect.arrayContaining(['ci', '--ignore-scripts', '--prefix', folder]));
  expect(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages).toMatchObject({
    'node_modules/@scope/tool': { version: '1.2.3', integrity: 'sha512-x' },
  });
  expect(npm.placeOf(request)).toBe(join('node_modules', '@scope/tool'));
});

test('pip gets every pinned digest, and takes nothing but a wheel', async () => {
  const request = {
    registry: 'pypi',
    name: 'tool',
    version: '1',
    integrity: ['sha256:a', 'sha256:b'],
  } as const;
  const command = await pypi.prepare(request, folder);
  // Where there is no Python there is no command, and the requirements are written all the same.
  if (command !== undefined) {
    expect(command.args).toEqual(
      expect.arrayContaining(['--require-hashes', '--only-binary', ':all:', '--no-deps']),
    );
  }
  expect(readFileSync(join(folder, 'requirements.txt'), 'utf8')).toBe(
    'tool==1 --hash=sha256:a --hash=sha256:b',
  );
});
