import { execFileSync } from 'node:child_process';
import type { LockFile } from './lock-file.js';

const QUERY_TIMEOUT_MS = 60_000;

/** Packages of a lock file that npm would install without comparing a checksum, by their path in it. */
export function withoutIntegrity({ packages }: LockFile): string[] {
  return Object.entries(packages)
    .filter(([path, { integrity, link }]) => path.includes('node_modules/') && !link && !integrity)
    .map(([path]) => path);
}

/** Adds the checksums that a lock file lacks, in the place where npm writes them; `ask` looks one up by `name@version`. */
export function addIntegrity(lock: LockFile, ask: (spec: string) => string = askNpm): LockFile {
  const lacking = new Set(withoutIntegrity(lock));
  const packages = Object.entries(lock.packages).map(([path, { version, ...rest }]) => [
    path,
    lacking.has(path)
      ? { version, integrity: ask(`${path.split('node_modules/').at(-1)}@${version}`), ...rest }
      : { ...(version !== undefined && { version }), ...rest },
  ]);
  return { ...lock, packages: Object.fromEntries(packages) };
}

function askNpm(spec: string): string {
  const answer = execFileSync('npm', ['view', spec, 'dist.integrity'], {
    encoding: 'utf8',
    timeout: QUERY_TIMEOUT_MS,
  });
  if (!answer.startsWith('sha512-')) throw new Error(`npm knows no checksum of ${spec}`);
  return answer.trim();
}
