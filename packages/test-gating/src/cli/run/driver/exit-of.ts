import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { NodeCommand } from './isolate-network.js';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long a child that was told to end may take. */
const GRACE_MS = 5_000;

/** How a child ended. */
export interface ChildExit {
  /** Exit code; 128 and the signal's number where a signal ended the child or this process. */
  readonly code: number;
  /** The signal that cut the run short, if one did. */
  readonly signal?: NodeJS.Signals;
}

/** Starts a command in a process group of its own, whose leader also ends when this process is gone. */
export function startGroup(
  { file, args }: NodeCommand,
  options: SpawnOptions & { stdio: unknown[] },
): ChildProcess {
  return spawn(file, args, {
    ...options,
    stdio: [...options.stdio, 'ipc'] as SpawnOptions['stdio'],
    // On Windows this would open a console window.
    detached: process.platform !== 'win32',
  });
}

/**
 * Waits until a command has ended and its output is complete. A signal to this process goes on to the command, whose
 * process group is killed when it has not ended 5 s later.
 */
export function exitOf(child: ChildProcess): Promise<ChildExit> {
  return new Promise((resolve, reject) => {
    let received: NodeJS.Signals | undefined;
    let kill: NodeJS.Timeout | undefined;
    const forward = (signal: NodeJS.Signals) => {
      received ??= signal;
      child.kill(signal);
      kill ??= setTimeout(() => killGroup(child), GRACE_MS);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const settle = () => {
      clearTimeout(kill);
      for (const signal of FORWARDED) process.off(signal, forward);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, ownSignal) => {
      settle();
      const signal = received ?? ownSignal ?? undefined;
      resolve(signal === undefined ? { code: code ?? 1 } : { code: codeOfSignal(signal), signal });
    });
  });
}

/** Exit code of a process that a signal ended, as shells have it. */
export function codeOfSignal(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

function killGroup(child: ChildProcess): void {
  if (process.platform === 'win32' || child.pid === undefined) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone; only a process outside it still holds the output open.
  }
}
