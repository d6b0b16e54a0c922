import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';

const PART_BYTES = 1_048_576;

/** Digest of everything in a folder, names and links included, less one file at its top. */
export async function contentDigest(folder: string, except: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await filesIn(folder, except)) {
    const path = join(folder, file);
    const stats = await lstat(path);
    hash.update(JSON.stringify([file, stats.mode & 0o111, stats.size]));
    if (stats.isSymbolicLink()) hash.update(await readlink(path));
    else if (stats.isFile())
      for await (const part of createReadStream(path, { highWaterMark: PART_BYTES })) hash.update(part);
  }
  return hash.digest('hex');
}

/** Changes whenever a file in the folder is written, replaced or added; costs no reading. */
export async function contentStamp(folder: string, except: string): Promise<string> {
  const stamps = (await filesIn(folder, except)).map(async (file) => {
    const { ino, size, ctimeMs } = await lstat(join(folder, file));
    return [file, ino, size, ctimeMs];
  });
  return JSON.stringify(await Promise.all(stamps));
}

async function filesIn(folder: string, except: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => file !== except)
    .sort();
}
