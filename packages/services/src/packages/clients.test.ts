import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkModule, go } from './go.js';
import { maven } from './maven.js';
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

const server = { registry: 'maven', name: 'org.acme:server', version: '1.2', integrity: [] } as const;

test('Maven gets the coordinates, and takes nothing whose checksum differs', async () => {
  const command = await maven.prepare(server, folder);
  // Where there is no Maven there is no command, and the project is written all the same.
  if (command !== undefined) {
    expect(command.args).toEqual(
      expect.arrayContaining(['--strict-checksums', `-DoutputDirectory=${join(folder, 'content')}`]),
    );
  }
  expect(readFileSync(join(folder, 'pom.xml'), 'utf8')).toContain(
    '<groupId>org.acme</groupId><artifactId>server</artifactId><version>1.2</version>',
  );
});

test('what Maven brought must be the pinned collection, to the byte and by name', async () => {
  const content = join(folder, 'content');
  mkdirSync(content);
  writeFileSync(join(content, 'a.jar'), 'one');
  writeFileSync(join(content, 'B.jar'), 'two');
  const digest = 'sha256:453c9e5e92b0e290fde9e4bc886be910b4c669f6fa3a667e76d9040450a92119';
  const check = (pinned: string) => maven.verify?.({ ...server, integrity: [pinned] }, content);
  await expect(check(digest)).resolves.toBeUndefined();
  writeFileSync(join(content, 'a.jar'), 'other');
  await expect(check(digest)).rejects.toThrow('other files than those pinned');
});

const program = {
  registry: 'go',
  name: 'example.org/tool/v2//cmd/server',
  version: 'v2.5.0',
  integrity: ['h1:abc='],
} as const;

test('Go builds the program of the pinned version into its folder', async () => {
  const command = await go.prepare(program, folder);
  // Where there is no Go there is no command.
  if (command === undefined) return;
  expect(command.args).toEqual(['install', '-trimpath', 'example.org/tool/v2/cmd/server@v2.5.0']);
  expect(command.env).toMatchObject({ GOBIN: join(folder, go.placeOf(program)) });
});

test('what Go built must be of the pinned module, to its digest', () => {
  const built = (digest: string) =>
    `server: go1.26\n\tpath\tx\n\tmod\texample.org/tool/v2\tv2.5.0\t${digest}\n`;
  expect(() => checkModule(program, built('h1:abc='))).not.toThrow();
  expect(() => checkModule(program, built('h1:abcd='))).toThrow('another module than the one pinned');
  expect(() => checkModule(program, 'no information')).toThrow('it names none');
});
