import { readFileSync } from 'node:fs';

/** What keeps a whole run off the network from outside of it. */
export type OsWall = 'empty network namespace';

/**
 * Whether this process stands in a network namespace without any interface but loopback, so that programs it starts
 * reach nothing either. Linux tells in /proc/net/dev; other systems have no such thing.
 */
export function detectOsWall(): OsWall | undefined {
  const interfaces = readInterfaces();
  return interfaces?.every((name) => name === 'lo') ? 'empty network namespace' : undefined;
}

function readInterfaces(): string[] | undefined {
  try {
    const lines = readFileSync('/proc/net/dev', 'utf8').trim().split('\n').slice(2);
    return lines.map((line) => line.split(':')[0]?.trim() ?? '');
  } catch {
    return undefined;
  }
}
