import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '@drydock/workspace';

/** Endpoints, `host:port`, that tests of each marker may reach; reviewed like code. */
export type EndpointLock = Readonly<Record<string, readonly string[]>>;

/** Name of the lock file at the workspace root. */
export const ENDPOINT_LOCK_FILE = 'drydock.endpoints.json';

/**
 * Reads the endpoint lock; undefined, and so without effect, where there is no lock file.
 *
 * @throws UsageError when the file is not an object of lists.
 */
export function readEndpointLock(workspaceRoot: string): EndpointLock | undefined {
  const path = join(workspaceRoot, ENDPOINT_LOCK_FILE);
  if (!existsSync(path)) return undefined;
  const lock = parse(readFileSync(path, 'utf8'));
  if (lock === undefined) {
    throw new UsageError(
      `${ENDPOINT_LOCK_FILE} is not an object such as { "integration": ["db1:6379"] }. Fix it, or delete it and run npx --no-install drydock run --learn.`,
    );
  }
  return lock;
}

/** Adds observed endpoints to the lock and writes it, sorted so that diffs stay small. */
export function writeEndpointLock(workspaceRoot: string, observed: EndpointLock): EndpointLock {
  const known = readEndpointLock(workspaceRoot) ?? {};
  const markers = [...new Set([...Object.keys(known), ...Object.keys(observed)])].sort();
  const lock = Object.fromEntries(
    markers.map((marker) => [
      marker,
      [...new Set([...(known[marker] ?? []), ...(observed[marker] ?? [])])].sort(),
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
