import {
  type Attempt,
  type Backend,
  createAdapter,
  type Fault,
  type StorageAdapter,
  type StorageRecord,
  type Stored,
} from '@drydock/storage';
import { Codec, type RedisEntry, type RedisValue } from './codec.js';
import { type RedisConfig, type ResolvedConfig, resolveConfig, targetOf } from './config.js';
import { Connection } from './connection.js';
import { toFault } from './errors.js';
import { Keys } from './keys.js';
import { remove, retrieve, store } from './records.js';
import { type RedisQuery, search } from './search/search.js';

/** Storage in Redis or Valkey: JSON records with a lifetime, in groups that can be searched newest first. */
export type RedisAdapter<R extends StorageRecord> = StorageAdapter<R, RedisQuery, Stored<R>>;

/** Makes an adapter; throws a `TypeError` that names the option when the configuration is wrong. */
export function createRedisAdapter<R extends StorageRecord>(config: RedisConfig<R> = {}): RedisAdapter<R> {
  return createAdapter<R, RedisQuery, Stored<R>, RedisValue>(new RedisBackend(resolveConfig(config)), config);
}

class RedisBackend<R extends StorageRecord> implements Backend<R, RedisQuery, Stored<R>, RedisValue> {
  readonly name = 'redis';
  readonly supportsTtl = true;
  readonly limits;
  readonly target;
  readonly #context;

  constructor(config: ResolvedConfig<R>) {
    this.limits = config.limits;
    this.target = targetOf(config);
    this.#context = {
      connection: new Connection(config),
      keys: new Keys(config.prefix),
      codec: new Codec<R>(config),
    };
  }

  open(attempt: Attempt): Promise<void> {
    return this.#context.connection.open(attempt);
  }

  close(): Promise<void> {
    return this.#context.connection.close();
  }

  encode(record: Stored<R>, options: { readonly ttlMs?: number }): { value: RedisValue; bytes: number } {
    return this.#context.codec.encode(record, options);
  }

  store(records: readonly RedisEntry[], attempt: Attempt): Promise<ReadonlyMap<string, Fault>> {
    return store(records, attempt, this.#context);
  }

  retrieve(ids: readonly string[], attempt: Attempt): Promise<ReadonlyMap<string, Stored<R> | null>> {
    return retrieve(ids, attempt, this.#context);
  }

  delete(ids: readonly string[], attempt: Attempt): Promise<ReadonlySet<string>> {
    return remove(ids, attempt, this.#context);
  }

  search(query: RedisQuery & { readonly limit: number }, attempt: Attempt) {
    return search(query, attempt, this.#context);
  }

  async ping(attempt: Attempt): Promise<{ version?: string }> {
    const info = String(await this.#context.connection.sendOne(['info', 'server'], attempt));
    const version = /^(?:valkey|redis)_version:(\S+)/m.exec(info)?.[1];
    return version === undefined ? {} : { version };
  }

  fault(error: unknown, sent: boolean): Fault {
    return toFault(error, sent);
  }
}
