import fs from 'node:fs';

const { writeSync } = fs;
const { wait } = Atomics;
const { now } = Date;
/** How long a reader may take nothing before the rest is given up, in milliseconds. */
const STALLED_MS = 10_000;
const PAUSE_MS = 2;

/** Writes all bytes to a descriptor, also to a pipe that is full for a while. Gives up when the reader is gone or takes nothing for 10 s. */
export function writeFully(descriptor: number, bytes: Uint8Array): void {
  let lastProgress = now();
  for (let offset = 0; offset < bytes.length; ) {
    const written = tryWrite(descriptor, bytes, offset);
    if (written > 0) {
      offset += written;
      lastProgress = now();
    } else if (written < 0 || now() - lastProgress > STALLED_MS) {
      return;
    } else {
      pause();
    }
  }
}

// 0 where the pipe is full, less where it is broken.
function tryWrite(descriptor: number, bytes: Uint8Array, offset: number): number {
  try {
    return writeSync(descriptor, bytes, offset);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : -1;
  }
}

function pause(): void {
  wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
