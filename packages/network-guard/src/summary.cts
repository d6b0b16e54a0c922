import fs from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { Core } from './core.cjs';
import type { Attempt } from './types.cjs';

const { writeSync } = fs;
const STDERR = 2;
const DEFAULT_EXIT_CODE = 3;

/** With `summary` on: says at exit what was refused, and ends with a code that is not 0, swallowed or not. */
export function printSummaryAtExit(core: Core): void {
  const printed = new Set<string>();
  let ending = false;
  const conclude = () => {
    core.drain();
    if (!core.options.summary || core.attempts.length === 0) return;
    if (isRoot(core) || core.options.summary === 'own') print(core, printed);
    if (!process.exitCode) process.exitCode = core.options.exitCode ?? DEFAULT_EXIT_CODE;
  };
  process.on('exit', () => {
    conclude();
    ending = true;
    if (isRoot(core)) core.report.dispose();
  });
  // Other exit handlers run after this one and may still try.
  core.watch(() => {
    if (ending) conclude();
  });
  if (isMainThread) concludeOnReallyExit(core, conclude);
}

// process.reallyExit ends the process without an exit event. Packages that tidy up at the end (signal-exit, below execa
// and many more) put a function of their own around it, so that replacing it is no breach.
function concludeOnReallyExit(core: Core, conclude: () => void): void {
  core.patches.aid(process, 'reallyExit', (original) => {
    return function reallyExit(code: number) {
      conclude();
      return original.call(process, code || process.exitCode);
    };
  });
}

function isRoot(core: Core): boolean {
  return core.lineage.length === 0;
}

// Synchronous, because nothing else is written once the process ends.
function print(core: Core, printed: Set<string>): void {
  const fresh = core.attempts.filter((attempt) => !printed.has(keyOf(attempt)));
  const distinct = new Map(fresh.map((attempt) => [keyOf(attempt), attempt]));
  if (distinct.size === 0) return;
  for (const key of distinct.keys()) printed.add(key);
  const text = [...distinct.values()].map((attempt) => core.format(attempt)).join('\n\n');
  writeSync(STDERR, `\n${text}\n\nnetwork-guard: ${core.attempts.length} attempt(s) refused\n`);
}

function keyOf({ protocol, host, port, frame, test }: Attempt): string {
  return JSON.stringify([protocol, host, port, frame, test]);
}
