import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Attempt } from '../types.cjs';

const { openSync, writeSync, readSync, fstatSync, closeSync, mkdirSync, mkdtempSync, rmSync } = fs;
const { from } = Buffer;
const { stringify } = JSON;

/** An attempt together with the processes and threads it descends from. */
interface Line {
  from: string;
  lineage: readonly string[];
  attempt: Attempt;
}

/** This thread's identity among all guarded threads of a run. */
export const SELF = `${process.pid}:${threadId}`;

/** How many attempts go to a parent that may not be reading; more could fill the pipe and hold this process up. */
const SENT_UP = 100;

/** The file in which children, threads and processes that crash leave their attempts. */
export class ReportFile {
  #path: string | undefined;
  #folder: string | undefined;
  #descriptor: number | undefined;
  #handedDown = false;
  #offset = 0;
  #rest = '';
  #sentUp = 0;
  /** Lines of descendants that could not be written to the file. */
  readonly #unwritten: string[] = [];
  readonly #sources = new Set<() => string[]>();

  constructor(
    readonly lineage: readonly string[],
    /** A descriptor that leads to the parent, for what cannot be written to the file. */
    readonly upward?: number,
  ) {}

  /** The file's path, for a descendant that is about to start; a temporary file unless one was configured. */
  handDown(): string {
    this.#path ??= this.#makeTemporary();
    if (!this.#handedDown) this.#offset = this.#size();
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
    this.#write(`${stringify(line)}\n`);
  }

  /** Takes what a descendant could not write itself from a source, now and then; the returned function takes the rest. */
  listen(source: () => string[]): () => void {
    this.#sources.add(source);
    return () => {
      this.#takeFrom(source);
      this.#sources.delete(source);
    };
  }

  /** Keeps lines of a descendant as if it had written them to the file. */
  relay(lines: readonly string[]): void {
    for (const line of lines) if (line && !this.#write(`${line}\n`)) this.#unwritten.push(line);
  }

  /** The attempts that this thread's descendants have made known since the last call. */
  drain(): Attempt[] {
    for (const source of this.#sources) this.#takeFrom(source);
    // The process may have had another user's rights for a moment.
    const unwritten = this.#unwritten.splice(0).filter((line) => !this.#store(from(`${line}\n`)));
    const lines = [...this.#fresh(), ...unwritten];
    return lines.flatMap((text) => foreign(text));
  }

  #takeFrom(source: () => string[]): void {
    this.relay(source());
  }

  // Called after every test, so a file that no descendant knows is not read.
  #fresh(): string[] {
    if (!this.#handedDown || this.#descriptor === undefined) return [];
    const size = this.#size();
    if (size <= this.#offset) return [];
    const bytes = Buffer.alloc(size - this.#offset);
    this.#offset += readSync(this.#descriptor, bytes, 0, bytes.length, this.#offset);
    const lines = (this.#rest + bytes.toString('utf8')).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  }

  // Whether the file has the line: a test may have replaced the file system, the disk may be full, the folder another
  // user's. An attempt is then still refused, kept in memory, and told to the parent.
  #write(text: string): boolean {
    const bytes = from(text);
    if (this.#store(bytes)) return true;
    this.#sendUp(bytes);
    return false;
  }

  #store(bytes: Uint8Array): boolean {
    try {
      return this.#path !== undefined && writeSync(this.#open(this.#path), bytes) === bytes.length;
    } catch {
      return false;
    }
  }

  #sendUp(bytes: Uint8Array): void {
    if (this.upward === undefined || this.#sentUp >= SENT_UP) return;
    this.#sentUp += 1;
    try {
      writeSync(this.upward, bytes);
    } catch {}
  }

  #size(): number {
    try {
      return fstatSync(this.#open(this.#path as string)).size;
    } catch {
      return 0;
    }
  }

  // Opened late, because most threads never need the file.
  #open(file: string): number {
    if (this.#descriptor === undefined) {
      mkdirSync(path.dirname(file), { recursive: true });
      this.#descriptor = openSync(file, 'a+');
    }
    return this.#descriptor;
  }

  // Where no folder can be made, children report over their channels.
  #makeTemporary(): string {
    try {
      this.#folder = mkdtempSync(path.join(os.tmpdir(), 'network-guard-'));
    } catch {}
    return path.join(this.#folder ?? path.join(os.tmpdir(), `network-guard-${SELF}`), 'attempts.jsonl');
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
