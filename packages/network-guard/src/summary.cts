import fs from 'node:fs';
import type { Core } from './core.cjs';
import type { Attempt } from './types.cjs';

const { writeSync } = fs;
const STDERR = 2;
const DEFAULT_EXIT_CODE = 3;

/** With `summary` on: says at exit what was refused, and ends with a code that is not 0, swallowed or not. */
export function printSummaryAtExit(core: Core): void {
  process.on('exit', () => {
    core.drain();
    const isRoot = core.lineage.length === 0;
    if (core.options.summary && core.attempts.length > 0) {
      if (isRoot) print(core);
      if (!process.exitCode) process.exitCode = core.options.exitCode ?? DEFAULT_EXIT_CODE;
    }
    if (isRoot) core.report.dispose();
  });
}

// Synchronous, because nothing else is written once the process ends.
function print(core: Core): void {
  const distinct = new Map<string, Attempt>();
  for (const attempt of core.attempts) distinct.set(keyOf(attempt), attempt);
  const text = [...distinct.values()].map((attempt) => core.format(attempt)).join('\n\n');
  writeSync(STDERR, `\n${text}\n\nnetwork-guard: ${core.attempts.length} attempt(s) refused\n`);
}

function keyOf({ protocol, host, port, frame, test }: Attempt): string {
  return JSON.stringify([protocol, host, port, frame, test]);
}
