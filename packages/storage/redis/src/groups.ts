import type { Attempt } from '@drydock/storage';
import type { RedisEntry } from './codec.js';
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

/**
 * Removes the names of records that are no longer there.
 *
 * A record and its name may live on two nodes, so nothing spans both. Somebody may store a record again just now: they
 * write the record first and its name afterwards. So whoever took a name away looks for the record once more and, when
 * it is there, puts the name back unless a newer one is there already.
 */
export async function removeFromGroup(
  groups: ReadonlyMap<string, readonly string[]>,
  attempt: Attempt,
  { connection, keys }: { readonly connection: Connection; readonly keys: Keys },
): Promise<void> {
  const names = [...groups].flatMap(([group, ids]) => ids.map((id) => ({ group, id })));
  const removals = [...groups].map(
    ([group, ids]): Command => ['eval', REMOVE_FROM_GROUP, 1, keys.group(group), ...ids],
  );
  const checks = names.map(({ id }): Command => ['exists', keys.record(id)]);
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
    const exists = replies[removals.length + index] === 1;
    return exists && typeof score === 'string' ? [['zadd', keys.group(group), 'NX', score, id]] : [];
  });
  if (back.length > 0) await connection.send(back, attempt);
}
