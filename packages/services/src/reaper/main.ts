/**
 * The reaper: a small process between the caller and a server.
 *
 * It owns one folder and the programs started in it. When its owner leaves, however that happens, the channel
 * between them closes; the reaper then ends the programs, removes the folder and exits.
 */
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProgram, startProgram } from './child-program.js';
import { pidNamespace } from './pid-namespace.js';
import { type Order, OWNER_FILE, type Owner, type Program, type Report, STOP_FILE } from './protocol.js';

const OUTPUT_LIMIT = 64 * 1024;
const STOP_FILE_POLL_MS = 300;

const folder = process.argv[2] ?? '';
const running = new Map<ChildProcess, Program>();
let released = false;
let leaving = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
process.on('disconnect', () => (released ? waitForStopFile() : leave()));
process.on('message', (order: Order) => {
  try {
    obey(order);
  } catch (error) {
    report({ type: 'failed', id: order.id, message: String(error) });
  }
});
takeFolder();

function takeFolder(): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
    writeOwner({ reaper: process.pid });
    report({ type: 'ready' });
  } catch (error) {
    report({ type: 'refused', message: error instanceof Error ? error.message : String(error) });
    process.disconnect();
  }
}

function obey(order: Order): void {
  if (order.type === 'run') run(order.id, order.program, order.timeoutMs);
  else if (order.type === 'start') start(order.id, order.program, order.logFile);
  else release(order.id);
}

function release(id: number): void {
  released = true;
  report({ type: 'released', id });
}

function run(id: number, program: Program, timeoutMs: number): void {
  const output = join(folder, `run-${id}.log`);
  const child = startWithOutputTo(output, program);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void endProgram(child, program);
  }, timeoutMs);
  track(child, program, id);
  child.on('exit', (code, signal) => {
    clearTimeout(timer);
    report({
      type: 'ran',
      id,
      code,
      signal,
      output: readFileSync(output, 'utf8').slice(-OUTPUT_LIMIT),
      timedOut,
    });
  });
}

function start(id: number, program: Program, logFile: string): void {
  const child = startWithOutputTo(logFile, program);
  track(child, program, id);
  child.on('spawn', () => {
    const pid = child.pid ?? 0;
    writeOwner({ reaper: process.pid, server: pid });
    report({ type: 'started', id, pid });
  });
  child.on('exit', (code, signal) => {
    report({ type: 'exited', code, signal });
    if (released) void leave();
  });
}

/** A file rather than a pipe: Node's pipes are socket pairs, and a sandbox that denies sockets silences a Node child on them. */
function startWithOutputTo(file: string, program: Program): ChildProcess {
  const output = openSync(file, 'a', 0o600);
  try {
    return startProgram(program, ['ignore', output, output]);
  } finally {
    closeSync(output);
  }
}

function track(child: ChildProcess, program: Program, id: number): void {
  running.set(child, program);
  child.on('exit', () => running.delete(child));
  child.on('error', (error) => {
    running.delete(child);
    report({ type: 'failed', id, message: error.message });
  });
}

function waitForStopFile(): void {
  setInterval(() => {
    if (!existsSync(folder) || existsSync(join(folder, STOP_FILE))) void leave();
  }, STOP_FILE_POLL_MS);
}

async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  await Promise.all([...running].map(([child, program]) => endProgram(child, program)));
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  process.exit(0);
}

function writeOwner(owner: Owner): void {
  const namespace = pidNamespace();
  const whole: Owner = { ...owner, ...(namespace !== undefined && { namespace }) };
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(whole), { mode: 0o600 });
}

function report(message: Report): void {
  // The owner may be gone already; then nobody needs the report.
  if (process.connected) process.send?.(message, () => undefined);
}
