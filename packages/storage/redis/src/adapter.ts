import {
  type Attempt,
  type Backend,
  createAdapter,
  type Fault,
  type StorageAdapter,
  type StorageRecord,
  type Stored,
  type WriteCondition,
} from '@drydock/storage';
import { adapterOptions, readOrFault } from '@drydock/storage/backend-kit';
import { Codec, type RedisEntry, type RedisValue } from './codec.js';
import { type RedisConfig, type ResolvedConfig, resolveConfig, targetOf } from './config.js';
import { type Command, Connection, replyOf } from './connection.js';
import { toFault } from './errors.js';
import { addName, removeFromGroup } from './groups.js';
import { Keys, partition } from './keys.js';
import { checkLayout } from './layout.js';
import { UNLINK_EACH } from './scripts.js';
import { queryShape, type Readable, type RedisQuery, search } from './search/search.js';
import { clear, retrieveVersion, type SingleContext, storeIf, touch } from './single.js';
import { storeRecords } from './store.js';

/** Storage in Redis or Valkey: JSON records with a lifetime, in groups that can be searched newest first. */
export type RedisAdapter<R extends StorageRecord> = StorageAdapter<R, RedisQuery, Stored<R>>;

/** Makes an adapter; connects to nothing yet. Throws a `TypeError` that names the option when the configuration is wrong. */
export function createRedisAdapter<R extends StorageRecord>(config: RedisConfig<R> = {}): RedisAdapter<R> {
  return createAdapter<R, RedisQuery, Stored<R>, RedisValue>(
    new RedisBackend(resolveConfig(config)),
    adapterOptions(config),
  );
}

class RedisBackend<R extends StorageRecord> implements Backend<R, RedisQuery, Stored<R>, RedisValue> {
  readonly name = 'redis';
  readonly supportsTtl = true;
  readonly conditions = { ifAbsent: true, ifVersion: true };
  readonly coalescing = { ordered: true };
  readonly fault = toFault;
  readonly queryShape = queryShape;
  readonly limits: ResolvedConfig<R>['limits'];
  readonly target;
  readonly #connection: Connection;
  readonly #keys: Keys;
  readonly #prefix: string;
  readonly #codec: Codec<R>;
  readonly #single: SingleContext<R>;

  constructor(config: ResolvedConfig<R>) {
    this.limits = config.limits;
    this.target = targetOf(config);
    this.#connection = new Connection(config);
    this.#prefix = config.prefix;
    this.#keys = new Keys(config.prefix);
    this.#codec = new Codec<R>(config);
    this.#single = { connection: this.#connection, keys: this.#keys, codec: this.#codec };
  }

  async open(attempt: Attempt): Promise<void> {
    await this.#connection.open(attempt);
    await checkLayout(this.#prefix, this.#connection, attempt);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  encode(record: Stored<R>, options: { readonly ttlMs?: number }) {
    return this.#codec.encode(record, options);
  }

  store(records: readonly RedisEntry[], attempt: Attempt): Promise<ReadonlyMap<string, Fault>> {
    return storeRecords(records, attempt, this.#single);
  }

  /** One GET, or one MGET for each partition. */
  async retrieve(ids: readonly string[], attempt: Attempt): Promise<ReadonlyMap<string, Readable<R>>> {
    const [first] = ids;
    if (first === undefined) return new Map();
    if (ids.length === 1) {
      const value = await this.#connection.sendOne(['get', this.#keys.record(first)], attempt);
      return new Map([[first, this.#decode(first, value)]]);
    }
    const parts = this.#partition(ids);
    const commands = parts.map((part): Command => ['mget', ...this.#recordKeys(part)]);
    const replies = await this.#connection.send(commands, attempt);
    const found = parts.flatMap((part, index) => {
      const values = [replyOf(replies[index])].flat();
      return part.map((id, place) => [id, this.#decode(id, values[place])] as const);
    });
    return new Map(found);
  }

  delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    return this.#codec.grouped ? this.#deleteGrouped(ids, attempt) : this.#deletePlain(ids, attempt);
  }

  search(query: RedisQuery & { readonly limit: number }, attempt: Attempt) {
    return search(query, attempt, {
      ...this.#single,
      retrieve: (ids) => this.retrieve(ids, attempt),
    });
  }

  storeIf(record: RedisEntry, condition: WriteCondition, attempt: Attempt): Promise<boolean> {
    return storeIf(record, condition, attempt, this.#single);
  }

  retrieveVersion(id: string, attempt: Attempt) {
    return retrieveVersion(id, attempt, this.#single);
  }

  touch(id: string, ttlMs: number | undefined, attempt: Attempt): Promise<boolean> {
    return touch(id, ttlMs, attempt, this.#single);
  }

  clear(attempt: Attempt): Promise<number> {
    return clear(attempt, this.#single);
  }

  /** The server does so by itself; names of a group that outlive their records are removed by searches. */
  async purge(): Promise<number> {
    return 0;
  }

  async ping(attempt: Attempt): Promise<{ version?: string }> {
    const info = String(await this.#connection.sendOne(['info', 'server'], attempt));
    const version = /^(?:valkey|redis)_version:(\S+)/m.exec(info)?.[1];
    return version === undefined ? {} : { version };
  }

  async #deletePlain(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    const parts = this.#partition(ids);
    const commands = parts.map((part): Command => {
      const keys = this.#recordKeys(part);
      return part.length === 1 ? ['unlink', ...keys] : ['eval', UNLINK_EACH, part.length, ...keys];
    });
    const replies = await this.#connection.send(commands, attempt);
    const removed = parts.flatMap((part, index) => {
      const counts = [replyOf(replies[index])].flat();
      return part.filter((_, place) => counts[place] === 1);
    });
    return new Set(removed);
  }

  /** The record tells its group: take it out, then its name. A name left behind is harmless: search removes it. */
  async #deleteGrouped(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    const commands = ids.map((id): Command => ['getdel', this.#keys.record(id)]);
    const replies = await this.#connection.send(commands, attempt);
    const removed = new Set<string>();
    const groups = new Map<string, string[]>();
    ids.forEach((id, index) => {
      const json = replyOf(replies[index]);
      if (typeof json !== 'string') return;
      removed.add(id);
      const group = this.#codec.groupOfText(id, json);
      if (group !== undefined) addName(groups, group, id);
    });
    if (groups.size > 0) await removeFromGroup(groups, attempt, this.#single).catch(() => {});
    return removed;
  }

  #partition(ids: readonly string[]): string[][] {
    return partition(ids, (id) => this.#keys.record(id), this.#connection.isCluster);
  }

  #recordKeys(ids: readonly string[]): string[] {
    return ids.map((id) => this.#keys.record(id));
  }

  #decode(id: string, value: unknown): Readable<R> {
    return typeof value === 'string' ? readOrFault(() => this.#codec.decode(id, value)) : null;
  }
}
