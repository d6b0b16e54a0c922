import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { isStreamed } from '@drydock/triage';

/** From this size on a report is read from chunk to chunk. */
const LARGE_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
/** Pause before a pipe that had nothing is asked again, in milliseconds. */
const PAUSE = 5;

/** The chunks of a file that is large and can be read so; it is closed after the last one. */
export function openLarge(path: string): Iterable<Buffer> | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size < LARGE_BYTES) return undefined;
  const file = openSync(path, 'r');
  const start = Buffer.alloc(4_096);
  readSync(file, start, 0, start.length, 0);
  const isWide = /^(?:fffe|feff)/u.test(start.toString('hex', 0, 2));
  if (!isWide && isStreamed(start)) return chunksOf(file);
  closeSync(file);
  return undefined;
}

/** What a descriptor holds, or, where that is large, its first part and all of it in chunks. */
export function readSome(file: number): {
  readonly held: Buffer;
  readonly rest: Iterable<Buffer> | undefined;
} {
  const chunks: Buffer[] = [];
  let size = 0;
  const source = chunksOf(file);
  for (let next = source.next(); !next.done; next = source.next()) {
    chunks.push(next.value);
    size += next.value.length;
    if (size >= LARGE_BYTES) return { held: Buffer.concat(chunks), rest: after(chunks, source) };
  }
  return { held: Buffer.concat(chunks), rest: undefined };
}

function* after(chunks: Buffer[], source: Iterable<Buffer>): Generator<Buffer> {
  yield* chunks.splice(0);
  yield* source;
}

function* chunksOf(file: number): Generator<Buffer> {
  try {
    for (let chunk = chunkOf(file); chunk.length > 0; chunk = chunkOf(file)) yield chunk;
  } finally {
    if (file !== 0) closeSync(file);
  }
}

/** A pipe whose writer is slow is asked again. */
function chunkOf(file: number): Buffer {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (;;) {
    try {
      return chunk.subarray(0, readSync(file, chunk, 0, chunk.length, null));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return chunk.subarray(0, 0);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
