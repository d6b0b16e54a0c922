import type { Attempt, StorageRecord } from '@drydock/storage';
import type { RedisEntry } from './codec.js';
import type { Command, Reply } from './connection.js';
import { addName, type GroupContext, nameOfEnd, removeFromGroup } from './groups.js';
import { FORGET_ENDS, NOTE_ENDS } from './scripts.js';

/** How many names of ended records may wait: each removal costs two round trips. */
const ENDED_MAY_WAIT = 64;
const REMOVED_AT_ONCE = 512;

/** Notes when the names of these records end, all after the same time; the reply tells which others have ended. */
export function noteEnds(
  key: string,
  ttlMs: number,
  names: readonly (readonly [group: string, id: string])[],
): Command {
  const members = names.map(([group, id]) => nameOfEnd(group, id));
  return ['eval', NOTE_ENDS, 1, key, ttlMs, ENDED_MAY_WAIT, REMOVED_AT_ONCE, ...members];
}

/** As `noteEnds`, for records to store; nothing for those that live for ever. */
export function noteEndsOf(key: string, records: readonly RedisEntry[]): Command[] {
  // Whatever is stored together has one lifetime.
  const ttlMs = records[0]?.value.ttlMs;
  const names = records.flatMap(({ id, value: { group } }) =>
    group === undefined ? [] : [[group, id] as const],
  );
  return ttlMs === undefined || names.length === 0 ? [] : [noteEnds(key, ttlMs, names)];
}

/**
 * Removes the names of records that have ended, so that a group which nobody searches stays as small as what it lists.
 *
 * What fails is left for the next call: the names stay noted until they are gone.
 */
export async function removeEnded<R extends StorageRecord>(
  reply: Reply,
  attempt: Attempt,
  context: GroupContext<R>,
): Promise<void> {
  if (!Array.isArray(reply) || reply.length === 0) return;
  const { connection, keys } = context;
  const groups = new Map<string, string[]>();
  for (const member of reply) {
    const [group, id] = JSON.parse(String(member));
    addName(groups, group, id);
  }
  try {
    await removeFromGroup(groups, attempt, context);
    await connection.sendOne(['eval', FORGET_ENDS, 1, keys.ends, ...reply.map(String)], attempt);
  } catch {
    // The names are noted still.
  }
}
