import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** A path that is not a file of a usual size; the message is the end of a sentence that begins with the path. */
export class FileRefusal extends Error {}

/**
 * Reads a file that somebody else wrote: at once, also where the path is a named pipe without a writer or an endless device.
 *
 * @param mostBytes Largest size that is read.
 * @throws FileRefusal for what is not a regular file or is larger, and Node's own error where it cannot be opened.
 */
export function readRegularFile(path: string, mostBytes: number): Buffer {
  // Windows has no named pipes among its files, and no such flag.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() && !stat.isDirectory()) throw new FileRefusal('is not a regular file');
    if (stat.size > mostBytes) throw new FileRefusal(`has ${stat.size} bytes; at most ${mostBytes} are read`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
