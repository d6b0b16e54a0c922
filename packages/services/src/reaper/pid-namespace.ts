import { readlinkSync } from 'node:fs';

/** Names the numbering of processes that this process lives in; undefined where there is only one, or nobody tells. */
export function pidNamespace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}
