import { randomBytes } from 'node:crypto';

/** What the namespace of every run begins with. */
export const RUN_NAMESPACE_PREFIX = 'dd_';
/** Characters of a run's namespace. */
export const RUN_NAMESPACE_LENGTH = 20;

const SHAPE = /^dd_([0-9a-z]{8})_[0-9a-f]{8}$/;

/** Hours after which a namespace that nobody removed counts as left behind. */
const STALE_AFTER_HOURS = 24;

/**
 * A prefix for everything that one run writes on a server which others use too: `dd_mb2k3x9q_1f0c9a3e`.
 *
 * 20 characters of `a-z`, `0-9` and `_` that begin with a letter: usable unquoted as a schema, a collection or a key
 * prefix. It holds the time, so that whoever lists the names on a server can tell which were left behind.
 */
export function runNamespace(now: Date = new Date()): string {
  const time = now.getTime().toString(36).padStart(8, '0');
  return `dd_${time}_${randomBytes(4).toString('hex')}`;
}

/** When the run of this namespace began; undefined for a name that is not a namespace of a run. */
export function namespaceTime(name: string): Date | undefined {
  const time = SHAPE.exec(name)?.[1];
  return time === undefined ? undefined : new Date(Number.parseInt(time, 36));
}

/** Whether a name on a shared server is a run's namespace that was never removed, by default for 24 hours. */
export function isStaleNamespace(
  name: string,
  now: Date = new Date(),
  afterHours: number = STALE_AFTER_HOURS,
): boolean {
  const time = namespaceTime(name);
  return time !== undefined && now.getTime() - time.getTime() > afterHours * 3_600_000;
}
