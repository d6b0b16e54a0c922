import type { Attempt, Fault, StorageRecord, Stored } from '@drydock/storage';
import type { Codec, RedisEntry } from './codec.js';
import type { Command, Connection, Reply } from './connection.js';
import { toFault } from './errors.js';
import { addToGroup, removeFromGroup } from './groups.js';
import { type Keys, partition } from './keys.js';
import { UNLINK_EACH } from './scripts.js';

/** What reading and writing works with. */
export interface RecordContext<R extends StorageRecord> {
  readonly connection: Connection;
  readonly keys: Keys;
  readonly codec: Codec<R>;
}

/** Writes one chunk in one round trip: records first, then their names in the groups (see `removeFromGroup`). */
export async function store(
  entries: readonly RedisEntry[],
  attempt: Attempt,
  { connection, keys }: Pick<RecordContext<never>, 'connection' | 'keys'>,
): Promise<ReadonlyMap<string, Fault>> {
  const groups = byGroup(entries);
  const commands = [
    ...entries.map(({ id, value }) => set(keys.record(id), value)),
    ...groups.map(([group, members]) => addToGroup(keys.group(group), members)),
  ];
  const replies = await connection.send(commands, attempt);
  const faults = new Map<string, Fault>();
  const concerned = [...entries.map((entry) => [entry]), ...groups.map(([, members]) => members)];
  concerned.forEach((members, index) => {
    const reply = replies[index];
    if (reply instanceof Error) for (const { id } of members) faults.set(id, toFault(reply, true));
  });
  return faults;
}

/** Reads one chunk: one GET, or one MGET for each partition. */
export async function retrieve<R extends StorageRecord>(
  ids: readonly string[],
  attempt: Attempt,
  { connection, keys, codec }: RecordContext<R>,
): Promise<ReadonlyMap<string, Stored<R> | null>> {
  const keyOf = (id: string) => keys.record(id);
  const [only] = ids;
  const values = new Map<string, unknown>();
  if (ids.length === 1 && only !== undefined) {
    values.set(only, await connection.sendOne(['get', keyOf(only)], attempt));
  } else if (ids.length > 1) {
    const parts = partition(ids, keyOf, connection.isCluster);
    const replies = await connection.send(
      parts.map((part) => ['mget', ...part.map(keyOf)]),
      attempt,
    );
    parts.forEach((part, index) => {
      const reply = replyOf(replies[index]) as unknown[];
      part.forEach((id, place) => {
        values.set(id, reply[place]);
      });
    });
  }
  return new Map(ids.map((id) => [id, decode(codec, id, values.get(id))]));
}

/** Deletes one chunk and tells which records were there. */
export async function remove<R extends StorageRecord>(
  ids: readonly string[],
  attempt: Attempt,
  context: RecordContext<R>,
): Promise<ReadonlySet<string>> {
  return context.codec.grouped ? removeGrouped(ids, attempt, context) : removePlain(ids, attempt, context);
}

async function removePlain(
  ids: readonly string[],
  attempt: Attempt,
  { connection, keys }: Pick<RecordContext<never>, 'connection' | 'keys'>,
): Promise<ReadonlySet<string>> {
  const keyOf = (id: string) => keys.record(id);
  const parts = partition(ids, keyOf, connection.isCluster);
  const commands = parts.map(
    (part): Command =>
      part.length === 1
        ? ['unlink', ...part.map(keyOf)]
        : ['eval', UNLINK_EACH, part.length, ...part.map(keyOf)],
  );
  const replies = await connection.send(commands, attempt);
  const removed = parts.flatMap((part, index) => {
    const counts = [replyOf(replies[index])].flat();
    return part.filter((_, place) => counts[place] === 1);
  });
  return new Set(removed);
}

/** The record tells its group: take it out, then its name. A name left behind is harmless: search removes it. */
async function removeGrouped<R extends StorageRecord>(
  ids: readonly string[],
  attempt: Attempt,
  { connection, keys, codec }: RecordContext<R>,
): Promise<ReadonlySet<string>> {
  const commands = ids.map((id): Command => ['getdel', keys.record(id)]);
  const replies = await connection.send(commands, attempt);
  const removed = new Set<string>();
  const groups = new Map<string, string[]>();
  ids.forEach((id, index) => {
    const json = replyOf(replies[index]);
    if (typeof json !== 'string') return;
    removed.add(id);
    const group = groupOf(codec, id, json);
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), id]);
  });
  if (groups.size > 0) await removeFromGroup(groups, attempt, { connection, keys }).catch(() => {});
  return removed;
}

function groupOf<R extends StorageRecord>(codec: Codec<R>, id: string, json: string): string | undefined {
  try {
    return codec.groupOf(codec.decode(id, json));
  } catch {
    return undefined;
  }
}

function byGroup(entries: readonly RedisEntry[]): [string, RedisEntry[]][] {
  const groups = new Map<string, RedisEntry[]>();
  for (const entry of entries) {
    const { group } = entry.value;
    if (group === undefined) continue;
    const members = groups.get(group);
    if (members) members.push(entry);
    else groups.set(group, [entry]);
  }
  return [...groups];
}

function set(key: string, { json, ttlMs }: RedisEntry['value']): Command {
  return ttlMs === undefined ? ['set', key, json] : ['set', key, json, 'PX', ttlMs];
}

function replyOf(reply: Reply): unknown {
  if (reply instanceof Error) throw reply;
  return reply;
}

function decode<R extends StorageRecord>(codec: Codec<R>, id: string, value: unknown): Stored<R> | null {
  return typeof value === 'string' ? codec.decode(id, value) : null;
}
