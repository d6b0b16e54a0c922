import { readdirSync, readFileSync } from 'node:fs';

const PAUSE_MS = 20;
const REGISTERED = /network-guard[\\/](?:dist[\\/](?:bundle[\\/])?)?register/;

/**
 * Waits until the guarded processes of this run are gone: the workers, which are this process's children, and everything
 * whose environment names the log. For a moment in which nothing else can run, as at exit; on Linux, which lists them.
 */
export function waitForGuarded(log: string, timeoutMs: number): void {
  const end = Date.now() + timeoutMs;
  while (guardedProcesses(log).length > 0 && Date.now() < end)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}

function guardedProcesses(log: string): string[] {
  const others = numbersIn('/proc').filter((pid) => pid !== String(process.pid));
  return others.filter((pid) => isWorker(pid) || textOf(pid, 'environ').includes(log));
}

function isWorker(pid: string): boolean {
  const [, , parent] = /^\d+ \((.*)\) \S (\d+)/su.exec(textOf(pid, 'stat')) ?? [];
  return parent === String(process.pid) && REGISTERED.test(textOf(pid, 'cmdline'));
}

function numbersIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/u.test(name));
  } catch {
    return [];
  }
}

/** Empty for a process that has ended and waits for its parent to notice. */
function textOf(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
