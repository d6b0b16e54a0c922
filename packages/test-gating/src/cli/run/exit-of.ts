import type { ChildProcess } from 'node:child_process';

/** Waits until a child has ended and its output is complete, and gives its exit code; 1 when a signal ended it. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
