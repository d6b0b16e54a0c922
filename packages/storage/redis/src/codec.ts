import {
  decodeJson,
  type EncodedRecord,
  encodeJson,
  type StorageRecord,
  type Stored,
} from '@drydock/storage';
import { invalid } from '@drydock/storage/backend-kit';
import type { RedisConfig } from './config.js';

/** A record on its way to Redis. */
export interface RedisValue {
  readonly json: string;
  readonly ttlMs?: number;
  /** Group the record is listed in. */
  readonly group?: string;
  /** Its place there. */
  readonly score?: number;
}

/** A record with its id, ready for Redis. */
export type RedisEntry = EncodedRecord<RedisValue>;

/** Turns records into JSON and back. */
export class Codec<R extends StorageRecord> {
  readonly #group: RedisConfig<R>['group'];
  readonly #order: (record: Stored<R>) => number;

  constructor(config: Pick<RedisConfig<R>, 'group' | 'order'>, now: () => number = microseconds()) {
    this.#group = config.group;
    this.#order = config.order ?? now;
  }

  /** Whether records may be in groups. */
  get grouped(): boolean {
    return this.#group !== undefined;
  }

  encode(record: Stored<R>, { ttlMs }: { readonly ttlMs?: number }): { value: RedisValue; bytes: number } {
    const json = encodeJson(record);
    const group = this.groupOf(record);
    const value: RedisValue = {
      json,
      ...(ttlMs !== undefined && { ttlMs: Math.max(1, Math.round(ttlMs)) }),
      ...(group !== undefined && { group, score: this.#score(record) }),
    };
    return { value, bytes: Buffer.byteLength(json) + record.id.length };
  }

  decode(id: string, json: string): Stored<R> {
    const record = decodeJson(json) as Stored<R>;
    if (record.id !== id)
      throw invalid('data', 'CORRUPT_RECORD', 'the stored record has another id than its key');
    return record;
  }

  groupOf(record: Stored<R>): string | undefined {
    const group = this.#group?.(record);
    if (group !== undefined && (typeof group !== 'string' || group === '')) {
      throw invalid(
        'data',
        'INVALID_GROUP',
        'the group function must return a non-empty string, or undefined for no group',
      );
    }
    return group;
  }

  /** The group of a record's text; undefined for one that cannot be read. */
  groupOfText(id: string, json: string): string | undefined {
    try {
      return this.groupOf(this.decode(id, json));
    } catch {
      return undefined;
    }
  }

  /** Whether a record's text belongs to this group; one that cannot be read stays where it is listed, to be named there. */
  isIn(group: string, id: string, json: string): boolean {
    try {
      return this.groupOf(this.decode(id, json)) === group;
    } catch {
      return true;
    }
  }

  #score(record: Stored<R>): number {
    const score = this.#order(record);
    if (!Number.isFinite(score))
      throw invalid('data', 'INVALID_ORDER', 'the order function must return a finite number');
    return score;
  }
}

/** Microseconds since 1970 that never repeat or go back within one adapter, so that they order what it stores. */
function microseconds(): () => number {
  let last = 0;
  return () => {
    last = Math.max(Date.now() * 1_000, last + 1);
    return last;
  };
}

/** The command that writes a record under a key; where there are groups, it returns what was there. */
export function setCommand(
  key: string,
  { json, ttlMs }: RedisValue,
  grouped: boolean,
): [string, ...(string | number)[]] {
  const lifetime = ttlMs === undefined ? [] : ['PX', ttlMs];
  return ['set', key, json, ...lifetime, ...(grouped ? ['GET'] : [])];
}
