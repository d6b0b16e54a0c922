import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Attempt } from '../types.cjs';

const { openSync, writeSync, readSync, fstatSync, closeSync, mkdirSync, mkdtempSync, rmSync } = fs;

/** An attempt together with the processes and threads it descends from. */
interface Line {
  from: string;
  lineage: readonly string[];
  attempt: Attempt;
}

/** This thread's identity among all guarded threads of a run. */
export const SELF = `${process.pid}:${threadId}`;

/** The file in which children, threads and processes that crash leave their attempts. */
export class ReportFile {
  #path: string | undefined;
  #folder: string | undefined;
  #descriptor: number | undefined;
  #handedDown = false;
  #offset = 0;
  #rest = '';

  constructor(readonly lineage: readonly string[]) {}

  /** The file's path, for a descendant that is about to start; a temporary file unless one was configured. */
  handDown(): string {
    this.#path ??= this.#makeTemporary();
    if (!this.#handedDown) this.#offset = fstatSync(this.#open(this.#path)).size;
    this.#handedDown = true;
    return this.#path;
  }

  /** Whether the file is in use yet. */
  get open(): boolean {
    return this.#path !== undefined;
  }

  use(file: string): void {
    const absolute = path.resolve(file);
    if (absolute === this.#path) return;
    this.#path = absolute;
    this.#descriptor = undefined;
    this.#handedDown = false;
  }

  append(attempt: Attempt): void {
    if (this.#path === undefined) return;
    const line: Line = { from: SELF, lineage: this.lineage, attempt };
    try {
      writeSync(this.#open(this.#path), `${JSON.stringify(line)}\n`);
    } catch {
      // A test may have replaced the file system: the attempt is still kept in memory, and still refused.
    }
  }

  /** The attempts that this thread's descendants have written since the last call. */
  drain(): Attempt[] {
    // Called after every test, so a file that no descendant knows is not read.
    if (!this.#handedDown || this.#descriptor === undefined) return [];
    const size = fstatSync(this.#descriptor).size;
    if (size <= this.#offset) return [];
    const bytes = Buffer.alloc(size - this.#offset);
    this.#offset += readSync(this.#descriptor, bytes, 0, bytes.length, this.#offset);
    const lines = (this.#rest + bytes.toString('utf8')).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((text) => foreign(text));
  }

  // Opened late, because most threads never need the file.
  #open(file: string): number {
    if (this.#descriptor === undefined) {
      mkdirSync(path.dirname(file), { recursive: true });
      this.#descriptor = openSync(file, 'a+');
    }
    return this.#descriptor;
  }

  #makeTemporary(): string {
    this.#folder = mkdtempSync(path.join(os.tmpdir(), 'network-guard-'));
    return path.join(this.#folder, 'attempts.jsonl');
  }

  /** Removes the file if it was a temporary one. */
  dispose(): void {
    if (this.#folder === undefined || this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function foreign(text: string): Attempt[] {
  try {
    const line = JSON.parse(text) as Line;
    return line.lineage.includes(SELF) ? [line.attempt] : [];
  } catch {
    return [];
  }
}
