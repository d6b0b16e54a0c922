import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SpendUsageError } from './spend-limits.js';

/** A line of the ledger: tokens set aside for a call, or what it came to. */
export type SpendEvent =
  | { readonly reserve: string; readonly tokens: number }
  | { readonly settle: string; readonly tokens: number };

/** What was spent so far, in the order in which it was noted; only ever grows. */
export interface SpendLedger {
  append(event: SpendEvent): void;
  read(): readonly SpendEvent[];
}

/** A ledger for one process. */
export function memoryLedger(): SpendLedger {
  const events: SpendEvent[] = [];
  return { append: (event) => events.push(event), read: () => events };
}

/**
 * A ledger for all processes that name the same file.
 *
 * Each appends in one write and then reads, so that all see the same order, and no lock can be left behind. A write
 * begins a line of its own, since the process that wrote before may have been killed within one.
 */
export function fileLedger(file: string): SpendLedger {
  mkdirSync(dirname(file), { recursive: true });
  return {
    append: (event) => appendFileSync(file, `\n${JSON.stringify(event)}\n`),
    read: () => parse(readFileSync(file, 'utf8'), file),
  };
}

function parse(text: string, file: string): SpendEvent[] {
  try {
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line, index) => (isTorn(line) ? tornEvent(index) : (JSON.parse(line) as SpendEvent)));
  } catch {
    throw new SpendUsageError(`${file} is not a ledger of spending. Remove it, or name another file.`);
  }
}

/** Beginnings of the lines that are written here. */
const BEGINNINGS = ['{"reserve":"', '{"settle":"'];

/** Whether a writer was killed within this line: it begins as all lines do, and lacks its end. */
function isTorn(line: string): boolean {
  return BEGINNINGS.some(
    (beginning) => beginning.startsWith(line) || (line.startsWith(beginning) && !line.includes('}')),
  );
}

/** The reservation that a torn line stands for: its call was not sent, since a call is sent only after its line was written. */
function tornEvent(index: number): SpendEvent {
  return { reserve: `torn line ${index}`, tokens: 0 };
}
