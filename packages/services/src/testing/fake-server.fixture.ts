import { readFileSync } from 'node:fs';
import type { Program } from '../reaper/protocol.js';

/** A program that stands for a server: a Node script, so that tests need neither a socket nor a package. */
export function nodeProgram(script: string, cwd: string, more: Partial<Program> = {}): Program {
  return {
    file: process.execPath,
    args: ['-e', script],
    cwd,
    env: { PATH: process.env.PATH ?? '' },
    stopSignal: 'SIGTERM',
    ...more,
  };
}

/** Runs until it is ended. */
export const RUNS_FOR_EVER = 'setInterval(() => undefined, 1000)';

/** Runs on when it is asked to end; says so in the file `ready`. */
export const IGNORES_SIGNALS = `
  process.on('SIGTERM', () => undefined);
  require('node:fs').writeFileSync('ready', '');
  ${RUNS_FOR_EVER}`;

/** Has a child of its own, whose process id it writes into `child.pid`. */
export const HAS_A_CHILD = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', '${RUNS_FOR_EVER}']);
  require('node:fs').writeFileSync('child.pid', String(child.pid));
  ${RUNS_FOR_EVER}`;

/** Whether a process of that id runs; one that ended and that nobody has asked about yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
