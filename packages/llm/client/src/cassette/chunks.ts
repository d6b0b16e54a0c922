import type { RecordedChunk } from './cassette.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as they are written: legible where they are UTF-8 by themselves. */
export function encodeChunk(bytes: Uint8Array): RecordedChunk {
  try {
    return utf8.decode(bytes);
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}

/** The bytes of a written chunk. */
export function decodeChunk(chunk: RecordedChunk): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.base64, 'base64');
}

/** The text that chunks make together. */
export function textOf(chunks: readonly RecordedChunk[]): string {
  return Buffer.concat(chunks.map(decodeChunk)).toString('utf8');
}
