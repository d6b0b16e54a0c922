import type { Attempt, Fault, StorageRecord } from '@drydock/storage';
import { type Codec, type RedisEntry, setCommand } from './codec.js';
import type { Command, Reply } from './connection.js';
import { noteEndsOf, removeEnded } from './ends.js';
import { toFault } from './errors.js';
import { addName, addToGroup, byGroup, type GroupContext, removeFromGroup } from './groups.js';

/** One round trip: records first, then their names in the groups (see `removeFromGroup`); another for those that were elsewhere. */
export async function storeRecords<R extends StorageRecord>(
  records: readonly RedisEntry[],
  attempt: Attempt,
  context: GroupContext<R>,
): Promise<ReadonlyMap<string, Fault>> {
  const { connection, keys, codec } = context;
  const set = ({ id, value }: RedisEntry) => setCommand(keys.record(id), value, codec.grouped);
  const [first] = records;
  if (first && records.length === 1 && !codec.grouped) {
    await connection.sendOne(set(first), attempt);
    return new Map();
  }
  const groups = byGroup(records);
  const commands: Command[] = [
    ...records.map(set),
    ...groups.map(([group, members]) => addToGroup(keys.group(group), members)),
    ...noteEndsOf(keys.ends, records),
  ];
  const replies = await connection.send(commands, attempt);
  const concerned = [...records.map((record) => [record]), ...groups.map(([, members]) => members)];
  const faults = concerned.flatMap((members, index) => {
    const reply = replies[index];
    return reply instanceof Error ? members.map(({ id }) => [id, toFault(reply, true)] as const) : [];
  });
  await leaveGroups(records, replies, attempt, context);
  await removeEnded(replies[concerned.length], attempt, context);
  return new Map(faults);
}

/** Removes the names that records had in the groups which they have left; one that stays behind is removed by a search. */
export async function leaveGroups<R extends StorageRecord>(
  records: readonly RedisEntry[],
  before: readonly Reply[],
  attempt: Attempt,
  context: GroupContext<R>,
): Promise<void> {
  const left = groupsLeft(records, before, context.codec);
  if (left.size > 0) await removeFromGroup(left, attempt, context).catch(() => {});
}

function groupsLeft<R extends StorageRecord>(
  records: readonly RedisEntry[],
  before: readonly Reply[],
  codec: Codec<R>,
): Map<string, string[]> {
  const left = new Map<string, string[]>();
  if (!codec.grouped) return left;
  records.forEach(({ id, value }, index) => {
    const json = before[index];
    const group = typeof json === 'string' ? codec.groupOfText(id, json) : undefined;
    if (group !== undefined && group !== value.group) addName(left, group, id);
  });
  return left;
}
