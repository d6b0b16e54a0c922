import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Program } from './protocol.js';

const GRACE_MS = 5_000;

/** Starts a program in a process group of its own, so that its children can be ended with it. */
export function startProgram(program: Program, stdio: StdioOptions): ChildProcess {
  return spawn(program.file, program.args, {
    cwd: program.cwd,
    env: program.env,
    stdio,
    detached: process.platform !== 'win32',
    windowsHide: true,
    ...(program.uid === undefined ? {} : { uid: program.uid }),
    ...(program.gid === undefined ? {} : { gid: program.gid }),
  });
}

/** Ends a program and its children: politely, and by force after its grace. */
export async function endProgram(
  child: ChildProcess,
  { stopSignal, graceMs = GRACE_MS }: Pick<Program, 'stopSignal' | 'graceMs'>,
): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(stopSignal);
  const late = new AbortController();
  await Promise.race([ended, delay(graceMs, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  await killTree(child.pid);
  if (!hasEnded(child)) await ended;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Kills a process and its children at once, whether the process itself still lives or not. */
export async function killTree(pid: number): Promise<void> {
  if (process.platform === 'win32') {
    const taskkill = spawn('taskkill', ['/PID', String(pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    await once(taskkill, 'close').catch(() => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nothing of the group is left.
  }
}
