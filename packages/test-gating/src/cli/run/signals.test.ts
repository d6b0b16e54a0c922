import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createFixtureProject, DRYDOCK, type FixtureProject } from '../../testing/project.fixture.js';

const SPINS = `import { test } from 'vitest';
import { ran } from './ran.mjs';
test('never ends', () => { ran(String(process.pid)); for (;;); });`;

let project: FixtureProject | undefined;
afterEach(() => project?.remove());

it.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGKILL', null],
] as const)(
  'after %s to drydock run no worker is left, and the ledger is not green',
  async (signal, code) => {
    project = createFixtureProject({ 'a.test.js': SPINS });
    const { root } = project;
    const command = spawn(process.execPath, [DRYDOCK, 'run'], {
      cwd: root,
      env: { PATH: process.env.PATH, DRYDOCK_NO_WALL: '1' },
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => command.once('exit', resolve));
    const log = join(root, 'ran.log');
    await expect.poll(() => existsSync(log), { timeout: 25_000, interval: 50 }).toBe(true);
    const worker = Number(readFileSync(log, 'utf8'));
    command.kill(signal);
    expect(await ended).toBe(code);
    await expect.poll(() => isRunning(worker), { timeout: 8_000, interval: 50 }).toBe(false);
    const ledger = join(root, '.drydock/ledger.json');
    if (code !== null) expect(JSON.parse(readFileSync(ledger, 'utf8'))).toMatchObject({ cutShort: signal });
  },
);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
