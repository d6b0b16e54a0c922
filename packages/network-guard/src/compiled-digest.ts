import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A digest of the CommonJS modules that are compiled into a folder, from which the bundle is made. */
export function compiledDigest(dist: string): string {
  const modules = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.cjs') && !/^(?:bundle|escape)[\\/]/.test(path))
    .sort();
  const digest = createHash('sha256');
  for (const path of modules) digest.update(readFileSync(join(dist, path)));
  return digest.digest('hex');
}
