import { readFileSync } from 'node:fs';

/** A table of `/proc/net`, which tells of this process's network namespace; undefined where the system has none. */
export function readNetworkTable(name: string): string | undefined {
  try {
    return readFileSync(`/proc/net/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}
