import { createHash } from 'node:crypto';
import type { Attempt, StorageRecord, Stored, WriteCondition } from '@drydock/storage';
import type { RedisEntry } from './codec.js';
import { type Command, type Connection, replyOf } from './connection.js';
import { noteEnds, noteEndsOf, removeEnded } from './ends.js';
import { addToGroup, type GroupContext } from './groups.js';
import { STORE_IF } from './scripts.js';
import { leaveGroups } from './store.js';

/** What the calls about one record work with. */
export type SingleContext<R extends StorageRecord> = GroupContext<R>;

const KEYS_PER_SCAN = 1_000;
const NOT_WRITTEN = -3;
const FOR_EVER = 0;

/** A record with its version, which is a hash of its text: nothing is kept for it, and other programs' writes change it. */
export async function retrieveVersion<R extends StorageRecord>(
  id: string,
  attempt: Attempt,
  { connection, keys, codec }: SingleContext<R>,
): Promise<{ record: Stored<R>; version: string } | undefined> {
  const json = await connection.sendOne(['get', keys.record(id)], attempt);
  if (typeof json !== 'string') return undefined;
  return { record: codec.decode(id, json), version: createHash('sha1').update(json).digest('hex') };
}

/** Writes a record where its condition holds, then its name in its group, which lives as long. */
export async function storeIf<R extends StorageRecord>(
  entry: RedisEntry,
  condition: WriteCondition,
  attempt: Attempt,
  context: SingleContext<R>,
): Promise<boolean> {
  const { connection, keys } = context;
  const { json, ttlMs = FOR_EVER, group } = entry.value;
  const [wanted, lifetime] =
    'ifAbsent' in condition
      ? ['absent', ttlMs]
      : [condition.ifVersion, condition.keepLifetime ? 'keep' : ttlMs];
  const key = keys.record(entry.id);
  const reply = await connection.sendOne(['eval', STORE_IF, 1, key, wanted, json, lifetime], attempt);
  if (reply === NOT_WRITTEN || !Array.isArray(reply)) return false;
  const [left, before] = reply;
  const now = listed(entry, Number(left));
  if (group !== undefined) {
    const [added, ended] = await connection.send(
      [addToGroup(keys.group(group), [now]), ...noteEndsOf(keys.ends, [now])],
      attempt,
    );
    replyOf(added);
    await removeEnded(ended, attempt, context);
  }
  await leaveGroups([entry], [before], attempt, context);
  return true;
}

/** Changes a record's lifetime, then lets its group live as long. */
export async function touch<R extends StorageRecord>(
  id: string,
  ttlMs: number | undefined,
  attempt: Attempt,
  context: SingleContext<R>,
): Promise<boolean> {
  const { connection, keys, codec } = context;
  const key = keys.record(id);
  const whole = ttlMs === undefined ? undefined : Math.max(1, Math.round(ttlMs));
  const change: Command = whole === undefined ? ['persist', key] : ['pexpire', key, whole];
  // Read first: what gets a lifetime of a millisecond may be gone afterwards.
  const [reply, changed] = await connection.send([['get', key], change], attempt);
  const json = replyOf(reply);
  if (typeof json !== 'string' || (replyOf(changed) === 0 && whole !== undefined)) return false;
  const record = codec.grouped ? codec.decode(id, json) : undefined;
  const group = record && codec.groupOf(record);
  if (group === undefined) return true;
  const notes = whole === undefined ? [] : [noteEnds(keys.ends, whole, [[group, id]])];
  const [added, ended] = await connection.send([addToGroup(keys.group(group), [], whole), ...notes], attempt);
  replyOf(added);
  await removeEnded(ended, attempt, context);
  return true;
}

/** Removes every key of the prefix, on every node, and returns how many records were among them. */
export async function clear<R extends StorageRecord>(
  attempt: Attempt,
  { connection, keys }: SingleContext<R>,
): Promise<number> {
  let removed = 0;
  for await (const names of scan(connection, keys.record(''), attempt))
    removed += await unlink(names, attempt, connection);
  for await (const names of scan(connection, keys.group(''), attempt))
    await unlink(names, attempt, connection);
  return removed;
}

/** The keys that begin so, part by part, of every node that has keys. */
async function* scan(connection: Connection, prefix: string, attempt: Attempt): AsyncGenerator<string[]> {
  const pattern = `${prefix.replace(/[*?[\]\\]/g, '\\$&')}*`;
  for (const node of connection.nodes) {
    let cursor = '0';
    do {
      attempt.signal.throwIfAborted();
      attempt.sending();
      const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', KEYS_PER_SCAN);
      if (keys.length > 0) yield keys;
      cursor = next;
    } while (cursor !== '0');
  }
}

async function unlink(names: readonly string[], attempt: Attempt, connection: Connection): Promise<number> {
  const replies = await connection.send(
    names.map((name) => ['unlink', name]),
    attempt,
  );
  return replies.filter((reply) => reply === 1).length;
}

/** The entry with the lifetime that its record has now. */
function listed(entry: RedisEntry, left: number): RedisEntry {
  const { ttlMs: _, ...value } = entry.value;
  return { ...entry, value: left > 0 ? { ...value, ttlMs: left } : value };
}
