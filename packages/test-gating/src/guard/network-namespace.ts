import { readlinkSync } from 'node:fs';
import { readNetworkTable } from './network-table.js';

/** The kernel's own block on the network of a whole run, as the summary names it. */
export type NetworkNamespace = 'empty network namespace';

/** Variable that holds the identity of the namespace that the run made, or found empty, when it began. */
export const NAMESPACE_VARIABLE = 'DRYDOCK_NAMESPACE';

/** Variable by which a run tells a task of Nx that no other task runs beside it. */
export const ALONE = 'DRYDOCK_ALONE';

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
/** What a line of each table says of a socket that may be reached. */
const REACHABLE = {
  tcp: /^ *\d+: \S+ \S+ 0A /mu,
  tcp6: /^ *\d+: \S+ \S+ 0A /mu,
  udp: /^ *\d+: /mu,
  udp6: /^ *\d+: /mu,
  unix: /^\S+: .* \d+ [/@]/mu,
} as const;

/**
 * Detects a network namespace with nothing to reach: no interface but loopback, and, unless the run made it itself,
 * nothing that listens in it and no proxy variable. Linux lists all of that in /proc/net; other systems have no such
 * namespaces.
 */
export function detectNetworkNamespace(env: NodeJS.ProcessEnv = process.env): NetworkNamespace | undefined {
  if (!readInterfaces()?.every((name) => name === 'lo')) return undefined;
  return isOwnNamespace(env) || (nothingListens() && !PROXIES.some((name) => env[name]))
    ? 'empty network namespace'
    : undefined;
}

/** Whether this process is in the namespace that the run made, or found empty, when it began. */
export function isOwnNamespace(env: NodeJS.ProcessEnv = process.env): boolean {
  return env[NAMESPACE_VARIABLE] !== undefined && env[NAMESPACE_VARIABLE] === namespaceIdentity();
}

/** The identity of this process's network namespace; undefined where the system has none. */
export function namespaceIdentity(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/net');
  } catch {
    return undefined;
  }
}

function readInterfaces(): string[] | undefined {
  const lines = readNetworkTable('dev')?.trim().split('\n').slice(2);
  return lines?.map((line) => line.split(':')[0]?.trim() ?? '');
}

function nothingListens(): boolean {
  return Object.entries(REACHABLE).every(([table, pattern]) => !pattern.test(readNetworkTable(table) ?? ''));
}
