import { readFileSync } from 'node:fs';

/** The kernel's own block on the network of a whole run, as the summary names it. */
export type NetworkNamespace = 'empty network namespace';

/**
 * Detects a network namespace that has no interface but loopback, in which programs that a test starts reach nothing
 * either. Linux lists the interfaces in /proc/net/dev; other systems have no such namespaces.
 */
export function detectNetworkNamespace(): NetworkNamespace | undefined {
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
