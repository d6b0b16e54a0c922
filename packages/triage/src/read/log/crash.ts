import type { RawTest } from '../formats/raw-test.js';
import { startsTraceback } from '../traceback.js';

/** How Rust begins to tell of a panic. */
const PANIC = /^thread '[^']*'[^\n]* panicked at /u;
const LINKED = /^\s*(?:The above exception was|During handling of the above)/u;
const LINES = 400;
/** Lines above the word that links a traceback with an error before it. */
const BEFORE = 6;

/** The last error that a program of a job ended with, as its language prints it. */
export function crashIn(lines: readonly string[]): RawTest | undefined {
  const at = lines.findLastIndex((line) => startsTraceback(line) || PANIC.test(line));
  if (at === -1) return undefined;
  const text = lines.slice(startOf(lines, at), at + LINES).join('\n');
  return { file: '', name: '(job)', problems: [{ text }] };
}

/** Where the first of the errors stands that led to one another. */
function startOf(lines: readonly string[], at: number): number {
  let start = at;
  for (;;) {
    const link = lines.slice(Math.max(0, start - BEFORE), start).findLastIndex((line) => LINKED.test(line));
    if (link === -1) return start;
    const linkAt = Math.max(0, start - BEFORE) + link;
    const previous = lines.slice(0, linkAt).findLastIndex(startsTraceback);
    if (previous === -1 || linkAt - previous > LINES) return Math.max(0, linkAt - BEFORE);
    start = previous;
  }
}
