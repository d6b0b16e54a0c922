import { isMainThread } from 'node:worker_threads';
import type { Core } from './core.cjs';
import { writeFully } from './streams/write-fully.cjs';
import type { Attempt } from './types.cjs';

const { from } = Buffer;
const { stringify } = JSON;
const STDERR = 2;
const DEFAULT_EXIT_CODE = 3;

/** Prints at exit what was refused and sets an exit code other than 0, also when the code swallowed the errors; needs `summary`. */
export function printSummaryAtExit(core: Core): void {
  const printed = new Set<string>();
  let ending = false;
  const finish = () => {
    core.drain();
    if (!core.options.summary || core.attempts.length === 0) return;
    if (isRoot(core) || core.options.summary === 'own') print(core, printed);
    if (!process.exitCode) process.exitCode = core.options.exitCode ?? DEFAULT_EXIT_CODE;
  };
  process.on('exit', () => {
    finish();
    ending = true;
    if (isRoot(core)) core.report.dispose();
  });
  core.watch(() => {
    // Other exit handlers run after this one and may still try.
    if (ending) finish();
    // At once, because a test may replace `process.emit`, and then nobody hears that the process ends.
    else if (core.options.summary && !process.exitCode)
      process.exitCode = core.options.exitCode ?? DEFAULT_EXIT_CODE;
  });
  finishAfterListeners(finish);
  if (isMainThread) finishOnReallyExit(core, finish);
}

// Listeners of the exit event that come later may set another exit code, as Mocha does.
function finishAfterListeners(finish: () => void): void {
  const { emit } = process;
  Object.defineProperty(process, 'emit', {
    configurable: true,
    writable: true,
    value: function emitThenFinish(this: NodeJS.Process, ...args: unknown[]) {
      const heard = Reflect.apply(emit, this, args);
      if (args[0] === 'exit') finish();
      return heard;
    },
  });
}

// process.reallyExit ends the process without an exit event. Packages that clean up at exit (signal-exit, which execa and
// many others use) wrap it, so replacing it is allowed.
function finishOnReallyExit(core: Core, finish: () => void): void {
  core.patches.observe(process, 'reallyExit', (original) => {
    return function reallyExit(code: number) {
      finish();
      return original.call(process, code || process.exitCode);
    };
  });
}

function isRoot(core: Core): boolean {
  return core.lineage.length === 0;
}

// Synchronous, because a process that ends writes nothing else.
function print(core: Core, printed: Set<string>): void {
  const fresh = core.attempts.filter((attempt) => !printed.has(keyOf(attempt)));
  const distinct = new Map(fresh.map((attempt) => [keyOf(attempt), attempt]));
  if (distinct.size === 0) return;
  for (const key of distinct.keys()) printed.add(key);
  const text = [...distinct.values()].map((attempt) => core.format(attempt)).join('\n\n');
  const summary = `\n${text}\n\nnetwork-guard: ${core.attempts.length} attempt(s) refused\n`;
  writeFully(STDERR, from(summary));
}

function keyOf({ protocol, host, port, frame, test }: Attempt): string {
  return stringify([protocol, host, port, frame, test]);
}
