import type { Readable, Transform, Writable } from 'node:stream';

const COVERED = Symbol.for('drydock.redacted');

type Coverable = Writable & { [COVERED]?: true };

/** Redacts every text that is written to a stream; a second call for the same stream changes nothing. */
export function coverWrites(stream: Writable | undefined, redact: (text: string) => string): void {
  if (!stream || (stream as Coverable)[COVERED]) return;
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  stream.write = ((chunk: unknown, ...rest: unknown[]) =>
    write(redactChunk(chunk, redact), ...rest)) as Writable['write'];
  Object.defineProperty(stream, COVERED, { value: true, enumerable: false });
}

function redactChunk(chunk: unknown, redact: (text: string) => string): unknown {
  if (typeof chunk === 'string') return redact(chunk);
  if (!(chunk instanceof Uint8Array)) return chunk;
  const text = Buffer.from(chunk).toString('utf8');
  const shown = redact(text);
  return shown === text ? chunk : shown;
}

/**
 * Puts a redacting stream between this one and everything that is piped into it, such as the output of workers: what a
 * test or its child writes in pieces, or past `process.stdout`, comes through here. Returns a wait for what is held back.
 */
export function coverPipes(destination: Writable, createStream: () => Transform): () => Promise<unknown> {
  const open = new Set<Transform>();
  destination.on('pipe', (source: Readable) => {
    if (open.has(source as Transform)) return;
    const through = createStream();
    open.add(through);
    source.unpipe(destination);
    source.pipe(through).pipe(destination, { end: false });
    through.once('close', () => open.delete(through));
    // A worker that is killed closes its output without an end.
    source.once('close', () => through.end());
  });
  return () => Promise.all(Array.from(open, (through) => through.writableEnded && closeOf(through)));
}

function closeOf(stream: Transform): Promise<unknown> {
  return new Promise((resolve) => stream.once('close', resolve));
}
