import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { which } from './which.js';

let folder: string;
let env: { PATH: string; PATHEXT: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'which-test-'));
  for (const name of ['first', 'second']) mkdirSync(join(folder, name));
  env = { PATH: [join(folder, 'first'), join(folder, 'second')].join(delimiter), PATHEXT: '.EXE' };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the first folder of the PATH that has the program wins', async () => {
  program('second', 'tool');
  await expect(which(['tool'], env)).resolves.toBe(join(folder, 'second', 'tool'));
  program('first', 'tool');
  await expect(which(['tool'], env)).resolves.toBe(join(folder, 'first', 'tool'));
});

test('the first name that exists wins over a later one', async () => {
  program('second', 'redis-like');
  program('first', 'valkey-like');
  await expect(which(['redis-like', 'valkey-like'], env)).resolves.toBe(join(folder, 'second', 'redis-like'));
});

test('an absolute path is tried as it is', async () => {
  program('first', 'tool');
  const path = join(folder, 'first', 'tool');
  await expect(which([join(folder, 'missing'), path], { PATH: '' })).resolves.toBe(path);
});

test.skipIf(process.platform === 'win32')('which skips a file that cannot be run', async () => {
  writeFileSync(join(folder, 'first', 'tool'), '', { mode: 0o644 });
  await expect(which(['tool'], env)).resolves.toBeUndefined();
});

test('which skips a folder', async () => {
  mkdirSync(join(folder, 'first', 'tool'));
  await expect(which(['tool'], env)).resolves.toBeUndefined();
});

test('a relative entry of the PATH is passed over', async () => {
  const here = basename(process.cwd());
  await expect(
    which(['package.json'], { PATH: ['.', join('..', here)].join(delimiter) }),
  ).resolves.toBeUndefined();
});

function program(place: string, name: string): void {
  writeFileSync(join(folder, place, name), '');
  chmodSync(join(folder, place, name), 0o755);
}
