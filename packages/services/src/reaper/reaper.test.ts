import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  HAS_A_CHILD,
  IGNORES_SIGNALS,
  isAlive,
  nodeProgram,
  RUNS_FOR_EVER,
} from '../testing/fake-server.fixture.js';
import { whereSaid } from '../testing/say.fixture.js';
import { newFolderName, readOwner } from './folders.js';
import type { Owner } from './protocol.js';
import { ProgramError, Reaper } from './reaper.js';

// Each test starts processes, which a busy machine may keep waiting.
vi.setConfig({ testTimeout: 30_000 });

let parent: string;
let folder: string;
let reaper: Reaper | undefined;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'reaper-test-'));
  folder = join(parent, newFolderName('test'));
});

afterEach(async () => {
  await reaper?.stop();
  reaper = undefined;
  rmSync(parent, { recursive: true, force: true });
});

const soon = { timeout: 8_000, interval: 20 };

describe('a program run to its end', () => {
  test('gives its output', async () => {
    reaper = await Reaper.start(folder);
    await expect(reaper.run(nodeProgram('console.log("done")', folder), 5_000)).resolves.toBe('done\n');
  });

  test('rejects with its last output when it fails', async () => {
    reaper = await Reaper.start(folder);
    const failing = reaper.run(nodeProgram('console.error("no room"); process.exit(3)', folder), 5_000);
    await expect(failing).rejects.toEqual(new ProgramError('exited with code 3', 'no room\n'));
  });

  test('is ended at its deadline', async () => {
    reaper = await Reaper.start(folder);
    const late = reaper.run(nodeProgram(RUNS_FOR_EVER, folder), 100);
    await expect(late).rejects.toThrow('did not end within 100 ms');
  });

  test('rejects when there is no such program', async () => {
    reaper = await Reaper.start(folder);
    const missing = reaper.run({ ...nodeProgram('', folder), file: join(folder, 'missing') }, 5_000);
    await expect(missing).rejects.toThrow('ENOENT');
  });

  test('gets the environment it was given and nothing of ours', async () => {
    vi.stubEnv('SOME_API_KEY', 'hunter2');
    reaper = await Reaper.start(folder);
    vi.unstubAllEnvs();
    const program = nodeProgram('console.log(JSON.stringify(process.env))', folder, { env: { ONLY: '1' } });
    const env: Record<string, string> = JSON.parse(await reaper.run(program, 5_000));
    // A network guard around this test may add its own preload.
    expect(Object.keys(env).filter((name) => name !== 'NODE_OPTIONS')).toEqual(['ONLY']);
  });
});

describe('a server', () => {
  test('ends with its children and its folder when it is stopped', async () => {
    reaper = await Reaper.start(folder);
    await reaper.startServer(nodeProgram(HAS_A_CHILD, folder), join(folder, 'log'));
    const pids = await pidsIn(folder);
    await reaper.stop();
    await expectNothingLeft(pids);
  });

  test('is killed after its grace when it does not listen', async () => {
    reaper = await Reaper.start(folder);
    await reaper.startServer(nodeProgram(IGNORES_SIGNALS, folder, { graceMs: 100 }), join(folder, 'log'));
    await vi.waitFor(() => expect(existsSync(join(folder, 'ready'))).toBe(true), soon);
    const { server = 0 } = (await readOwner(folder)) ?? {};
    await reaper.stop();
    expect(isAlive(server)).toBe(false);
  });

  test('writes its output into the log and tells how it ended', async () => {
    reaper = await Reaper.start(folder);
    await reaper.startServer(
      nodeProgram('console.log("hello"); process.exit(7)', folder),
      join(folder, 'log'),
    );
    await expect(reaper.exited).resolves.toEqual({ code: 7, signal: null });
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('hello\n');
  });

  test('may be stopped twice', async () => {
    reaper = await Reaper.start(folder);
    await reaper.stop();
    await expect(reaper.stop()).resolves.toBeUndefined();
  });
});

test('a folder that exists is not taken over', async () => {
  mkdirSync(folder);
  await expect(Reaper.start(folder)).rejects.toThrow('EEXIST');
});

describe('when the owner ends', () => {
  test.each(['return', 'throw'])('by %s, nothing is left', async (ending) => {
    const { pids } = await startOwner(ending);
    await expectNothingLeft(pids);
  });

  test.each(['SIGKILL', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s, nothing is left', async (signal) => {
    const { owner, pids } = await startOwner('wait');
    owner.kill(signal);
    await expectNothingLeft(pids);
  });

  test('by SIGKILL while a program runs, nothing is left', async () => {
    const { owner, pids } = await startOwner('during-run');
    owner.kill('SIGKILL');
    await expectNothingLeft(pids);
  });

  test('after a release, the server lives until a stop file is left', async () => {
    const { owner, pids } = await startOwner('release');
    if (owner.exitCode === null) await once(owner, 'exit');
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    writeFileSync(join(folder, 'stop'), '');
    await expectNothingLeft(pids);
  });
});

/** Starts a process that owns a reaper; gives the ids of the reaper, the server and the server's child. */
async function startOwner(ending: string) {
  const index = createRequire(import.meta.url).resolve('@drydock/services');
  const script = join(dirname(index), 'testing', 'owner.fixture.js');
  const owner = spawn(process.execPath, [script, folder, ending], { stdio: 'ignore' });
  const said = await vi.waitFor(() => readFileSync(whereSaid(folder), 'utf8'), soon);
  const { reaper: reaperPid, server = 0 } = JSON.parse(said) as Owner;
  if (ending === 'return' || ending === 'throw') return { owner, pids: [reaperPid, server] };
  return { owner, pids: [reaperPid, ...(await pidsIn(folder))] };
}

async function pidsIn(place: string): Promise<number[]> {
  const { server = 0 } = (await readOwner(place)) ?? {};
  const child = await vi.waitFor(() => {
    const pid = Number(readFileSync(join(place, 'child.pid'), 'utf8'));
    expect(pid).toBeGreaterThan(0);
    return pid;
  }, soon);
  return [server, child];
}

async function expectNothingLeft(pids: readonly number[]): Promise<void> {
  await vi.waitFor(() => {
    expect(pids.filter(isAlive)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  }, soon);
}
