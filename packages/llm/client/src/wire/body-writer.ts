import type { ServerResponse } from 'node:http';
import { constants, createGzip } from 'node:zlib';
import type { WireAnswer } from './answer.js';

/** Writes a body piece by piece, each on its way before the next. */
export interface BodyWriter {
  write(chunk: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/** A writer of plain or compressed bodies. */
export function bodyWriter(response: ServerResponse, encoding: WireAnswer['encoding']): BodyWriter {
  return encoding === 'gzip' ? gzipWriter(response) : plainWriter(response);
}

function plainWriter(response: ServerResponse): BodyWriter {
  return {
    write: (chunk) =>
      new Promise((resolve, reject) => response.write(chunk, (error) => (error ? reject(error) : resolve()))),
    end: () => new Promise((resolve) => response.end(resolve)),
  };
}

function gzipWriter(response: ServerResponse): BodyWriter {
  const plain = plainWriter(response);
  const gzip = createGzip();
  const drain = async () => {
    const chunk: Buffer | null = gzip.read();
    if (chunk) await plain.write(chunk);
  };
  return {
    async write(chunk) {
      gzip.write(chunk);
      await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, resolve));
      await drain();
    },
    async end() {
      await new Promise<void>((resolve) => gzip.end(resolve));
      await drain();
      await plain.end();
    },
  };
}
