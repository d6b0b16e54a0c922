/**
 * The reaper: a small process between the caller and a server.
 *
 * It owns one folder and the programs started in it. When its owner leaves, however that happens, the channel
 * between them closes; the reaper then ends the programs, removes the folder and exits.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProgram, startProgram } from './child-program.js';
import { type Order, OWNER_FILE, type Owner, type Program, type Report, STOP_FILE } from './protocol.js';

const OUTPUT_LIMIT = 64 * 1024;
const STOP_FILE_POLL_MS = 300;

const folder = process.argv[2] ?? '';
const running = new Map<ChildProcess, Program>();
let released = false;
let leaving = false;

mkdirSync(folder, { mode: 0o700 });
writeOwner({ reaper: process.pid });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
process.on('disconnect', () => (released ? waitForStopFile() : leave()));
process.on('message', (order: Order) => {
  try {
    obey(order);
  } catch (error) {
    report({ type: 'failed', id: order.id, message: String(error) });
  }
});
report({ type: 'ready' });

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
  const child = startProgram(program, ['ignore', 'pipe', 'pipe']);
  let output = '';
  let timedOut = false;
  const keep = (chunk: string) => {
    output = (output + chunk).slice(-OUTPUT_LIMIT);
  };
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  const timer = setTimeout(() => {
    timedOut = true;
    void endProgram(child, program);
  }, timeoutMs);
  track(child, program, id);
  child.on('close', (code, signal) => {
    clearTimeout(timer);
    report({ type: 'ran', id, code, signal, output, timedOut });
  });
}

function start(id: number, program: Program, logFile: string): void {
  const log = openSync(logFile, 'a', 0o600);
  const child = startProgram(program, ['ignore', log, log]);
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
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(owner), { mode: 0o600 });
}

function report(message: Report): void {
  // The owner may be gone already; then nobody needs the report.
  if (process.connected) process.send?.(message, () => undefined);
}
