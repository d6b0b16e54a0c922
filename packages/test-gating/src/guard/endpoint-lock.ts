import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '@drydock/workspace';

/** Endpoints that tests of each marker were seen to reach, `host:port`; reviewed like code. */
export type EndpointLock = Readonly<Record<string, readonly string[]>>;

/** The lock's file at the workspace root. */
export const ENDPOINT_LOCK_FILE = 'drydock.endpoints.json';

/**
 * Reads the endpoint lock; undefined where there is none, and then nothing is enforced.
 *
 * @throws UsageError when the file is no object of lists.
 */
export function readEndpointLock(workspaceRoot: string): EndpointLock | undefined {
  const path = join(workspaceRoot, ENDPOINT_LOCK_FILE);
  if (!existsSync(path)) return undefined;
  const lock = parse(readFileSync(path, 'utf8'));
  if (lock === undefined) {
    throw new UsageError(
      `${ENDPOINT_LOCK_FILE} is not an object such as { "integration": ["db1:6379"] }. Mend it, or delete it and run drydock run --learn.`,
    );
  }
  return lock;
}

/** Writes what was learned, added to what the lock held, in an order that gives small diffs. */
export function writeEndpointLock(workspaceRoot: string, learned: EndpointLock): EndpointLock {
  const known = readEndpointLock(workspaceRoot) ?? {};
  const markers = [...new Set([...Object.keys(known), ...Object.keys(learned)])].sort();
  const lock = Object.fromEntries(
    markers.map((marker) => [
      marker,
      [...new Set([...(known[marker] ?? []), ...(learned[marker] ?? [])])].sort(),
    ]),
  );
  writeFileSync(join(workspaceRoot, ENDPOINT_LOCK_FILE), `${JSON.stringify(lock, null, 2)}\n`);
  return lock;
}

/** Whether the lock lets tests with these tags reach an endpoint. */
export function isLockedIn(
  lock: EndpointLock | undefined,
  tags: readonly string[],
  endpoint: string,
): boolean {
  return lock === undefined || tags.some((tag) => lock[tag]?.includes(endpoint));
}

function parse(text: string): EndpointLock | undefined {
  try {
    const lock = JSON.parse(text) as EndpointLock;
    const isLock = Object.values(lock).every(
      (list) => Array.isArray(list) && list.every((each) => typeof each === 'string'),
    );
    return isLock ? lock : undefined;
  } catch {
    return undefined;
  }
}
