import type { Attempt, StorageRecord } from '@drydock/storage';
import type { Codec, RedisEntry } from './codec.js';
import type { Command, Connection } from './connection.js';
import type { Keys } from './keys.js';
import { ADD_TO_GROUP, REMOVE_FROM_GROUP } from './scripts.js';

/** The records that are in a group, by group. */
export function byGroup(records: readonly RedisEntry[]): [string, RedisEntry[]][] {
  const groups = new Map<string, RedisEntry[]>();
  for (const record of records) {
    const { group } = record.value;
    if (group === undefined) continue;
    const members = groups.get(group);
    if (members) members.push(record);
    else groups.set(group, [record]);
  }
  return [...groups];
}

/** Writes the names of a group's new members, in one idempotent script. */
export function addToGroup(
  key: string,
  members: readonly RedisEntry[],
  // Whatever is stored together has one lifetime.
  ttlMs = members[0]?.value.ttlMs ?? 0,
): Command {
  const places = members.flatMap(({ id, value }) => [String(value.score), id]);
  return ['eval', ADD_TO_GROUP, 1, key, ttlMs, ...places];
}

/** What work on groups needs. */
export interface GroupContext<R extends StorageRecord> {
  readonly connection: Connection;
  readonly keys: Keys;
  readonly codec: Codec<R>;
}

/**
 * Removes the names of records that are no longer there, or in another group now.
 *
 * A record and its name may live on two nodes, so nothing spans both. Somebody may store a record again just now: they
 * write the record first and its name afterwards. So whoever took a name away looks for the record once more and, when
 * it is there and of this group, puts the name back unless a newer one is there already.
 */
export async function removeFromGroup<R extends StorageRecord>(
  groups: ReadonlyMap<string, readonly string[]>,
  attempt: Attempt,
  { connection, keys, codec }: GroupContext<R>,
): Promise<void> {
  const names = [...groups].flatMap(([group, ids]) => ids.map((id) => ({ group, id })));
  const removals = [...groups].map(
    ([group, ids]): Command => ['eval', REMOVE_FROM_GROUP, 1, keys.group(group), ...ids],
  );
  removals.push(['zrem', keys.ends, ...names.map(({ group, id }) => nameOfEnd(group, id))]);
  const checks = names.map(({ id }): Command => ['get', keys.record(id)]);
  // One connection keeps their order; several nodes do not.
  const replies = connection.isCluster
    ? [...(await connection.send(removals, attempt)), ...(await connection.send(checks, attempt))]
    : await connection.send([...removals, ...checks], attempt);
  const scores = [...groups.values()].flatMap((ids, index) => {
    const reply = replies[index];
    return Array.isArray(reply) ? reply : ids.map(() => null);
  });
  const back = names.flatMap(({ group, id }, index): Command[] => {
    const score = scores[index];
    const json = replies[removals.length + index];
    const belongs = typeof json === 'string' && codec.isIn(group, id, json);
    return belongs && typeof score === 'string' ? [['zadd', keys.group(group), 'NX', score, id]] : [];
  });
  if (back.length > 0) await connection.send(back, attempt);
}

/** How a name is noted among those that end. */
export function nameOfEnd(group: string, id: string): string {
  return JSON.stringify([group, id]);
}

/** Adds a name to those of its group. */
export function addName(groups: Map<string, string[]>, group: string, id: string): void {
  const names = groups.get(group);
  if (names) names.push(id);
  else groups.set(group, [id]);
}
