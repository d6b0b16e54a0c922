import { appendFileSync, closeSync, openSync, readSync } from 'node:fs';
import type { ProgressEvent } from '@drydock/services';
import { problemOfWriting } from '../write-problem.js';

const POLL_MS = 300;
const CHUNK = 65_536;

/** Tells the run around this task what a server does. */
export function noteProgress(path: string, event: ProgressEvent): void {
  problemOfWriting(() => appendFileSync(path, `${JSON.stringify(event)}\n`));
}

/** Hands on what tasks note in a file, as it grows; returns the function that stops. */
export function followProgress(path: string, onEvent: (event: ProgressEvent) => void): () => void {
  let offset = 0;
  let rest = '';
  const read = () => {
    const { text, length } = textFrom(path, offset);
    offset += length;
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onEvent(JSON.parse(line) as ProgressEvent);
  };
  const timer = setInterval(read, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function textFrom(path: string, offset: number): { text: string; length: number } {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(CHUNK);
      const length = readSync(file, buffer, 0, CHUNK, offset);
      return { text: buffer.toString('utf8', 0, length), length };
    } finally {
      closeSync(file);
    }
  } catch {
    // No task has noted anything yet.
    return { text: '', length: 0 };
  }
}
