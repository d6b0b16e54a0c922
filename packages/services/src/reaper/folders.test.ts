import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAlive, RUNS_FOR_EVER } from '../testing/fake-server.fixture.js';
import { newFolderName, readOwner, sweepFolders } from './folders.js';
import { Reaper } from './reaper.js';

// Each test starts processes, which a busy machine may keep waiting.
vi.setConfig({ testTimeout: 30_000 });

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'folders-test-'));
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('two folders never have the same name', () => {
  expect(newFolderName('redis')).not.toBe(newFolderName('redis'));
});

test('a folder whose reaper is gone is removed', async () => {
  const folder = await leftFolder('redis');
  await sweepFolders(parent, 'redis');
  expect(existsSync(folder)).toBe(false);
});

test.runIf(process.platform === 'linux')('a server that lost its reaper is ended', async () => {
  const folder = await leftFolder('redis');
  const server = spawn(process.execPath, ['-e', RUNS_FOR_EVER], {
    cwd: folder,
    detached: true,
    stdio: 'ignore',
  });
  await once(server, 'spawn');
  writeFileSync(join(folder, 'owner.json'), JSON.stringify({ reaper: await deadPid(), server: server.pid }));
  await sweepFolders(parent, 'redis');
  await vi.waitFor(() => expect(isAlive(server.pid ?? 0)).toBe(false), 5_000);
});

test('a process that merely has the id of a lost server lives on', async () => {
  const folder = await leftFolder('redis');
  const stranger = spawn(process.execPath, ['-e', RUNS_FOR_EVER], { stdio: 'ignore' });
  await once(stranger, 'spawn');
  writeFileSync(
    join(folder, 'owner.json'),
    JSON.stringify({ reaper: await deadPid(), server: stranger.pid }),
  );
  await sweepFolders(parent, 'redis');
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
  stranger.kill('SIGKILL');
});

test('a folder in use is left alone', async () => {
  const folder = join(parent, newFolderName('redis'));
  const reaper = await Reaper.start(folder);
  await sweepFolders(parent, 'redis');
  expect(existsSync(folder)).toBe(true);
  await reaper.stop();
});

test('a folder of another sandbox is left alone: its reaper has no id here', async () => {
  const folder = await leftFolder('redis');
  const owner = { reaper: await deadPid(), namespace: 'pid:[1]' };
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner));
  await sweepFolders(parent, 'redis');
  expect(existsSync(folder)).toBe(true);
});

test.runIf(process.platform === 'linux')('a reaper says where its id counts', async () => {
  const reaper = await Reaper.start(join(parent, newFolderName('redis')));
  const owner = await readOwner(reaper.folder);
  expect(owner).toMatchObject({ namespace: readlinkSync('/proc/self/ns/pid') });
  await reaper.stop();
});

test.each([
  ['of another purpose', 'drydock-postgres-0123456789ab', true],
  ['of another program', 'drydock-redis-notes', true],
  ['without an owner', 'drydock-redis-0123456789ab', false],
])('a folder %s is left alone', async (_, name, owned) => {
  const folder = join(parent, name);
  mkdirSync(folder);
  if (owned) writeFileSync(join(folder, 'owner.json'), JSON.stringify({ reaper: await deadPid() }));
  await sweepFolders(parent, 'redis');
  expect(existsSync(folder)).toBe(true);
});

async function leftFolder(purpose: string): Promise<string> {
  const folder = join(parent, newFolderName(purpose));
  mkdirSync(folder);
  writeFileSync(join(folder, 'owner.json'), JSON.stringify({ reaper: await deadPid() }));
  return folder;
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}
