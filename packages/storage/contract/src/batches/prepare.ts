import type { StoreOptions } from '../calls/options.js';
import type { Fault } from '../errors/fault.js';
import { FaultError, invalid } from '../errors/fault-error.js';
import type { StorageRecord, Stored } from '../records/record.js';
import { checkDuration, checkId, checkRecord, readId } from '../records/validate.js';

/** How many records are encoded between two checks of the deadline. */
const DEADLINE_CHECK_EVERY = 256;

/** A record on its way into the store: identified, cloned, encoded. */
export interface EncodedRecord<Encoded> {
  readonly id: string;
  /** The value that `encode` returned. */
  readonly value: Encoded;
  /** Size that counts against `maxBytes` of a batch. */
  readonly bytes: number;
}

/** How one backend encodes records. */
export interface RecordEncoder<R extends StorageRecord, Encoded> {
  /** Backend's name, such as `redis`. */
  readonly name: string;
  /** Whether records can expire; without it a `ttlMs` is refused with a data error. */
  readonly supportsTtl: boolean;
  /** Encodes a record that has its id, synchronously; throws a `FaultError` of kind `data` when it cannot be stored. */
  encode(record: Stored<R>, options: Pick<StoreOptions, 'ttlMs'>): { value: Encoded; bytes: number };
  /** Throws a `FaultError` of kind `data` for an id that this backend cannot hold. */
  checkId?(id: string): void;
}

/** Records of a batch, ready to be sent. */
export interface PreparedBatch<Encoded> {
  /** Id of each input record in order; empty where the record's own is not an id. */
  readonly ids: string[];
  /** One per id: of several records with one id, the last. */
  readonly records: EncodedRecord<Encoded>[];
  /** Faults of records that cannot be sent, by index. */
  readonly faults: Map<number, Fault>;
}

/** Gives records their ids and encodes them synchronously, so that the caller may change them afterwards. */
export class Preparer<R extends StorageRecord, Encoded> {
  readonly #backend: RecordEncoder<R, Encoded>;
  readonly #newId: () => string;
  readonly #ttlMs: number | undefined;

  constructor(backend: RecordEncoder<R, Encoded>, newId: () => string, ttlMs: number | undefined) {
    this.#backend = backend;
    this.#newId = newId;
    this.#ttlMs = ttlMs;
  }

  /** Checks an id given by the caller. */
  id(id: string): string {
    checkId(id);
    this.#backend.checkId?.(id);
    return id;
  }

  /** Encodes one record; throws a data fault when it cannot be stored. */
  record(record: R, options: StoreOptions | undefined): EncodedRecord<Encoded> {
    try {
      return this.#encode(record, options);
    } catch (error) {
      if (error instanceof FaultError) throw error;
      // The error's own text may hold a payload.
      const detail = 'the record could not be read: a getter, or a function of the options, threw';
      throw invalid('data', 'UNREADABLE_RECORD', detail);
    }
  }

  /** Encodes the records that can be encoded; calls `checkDeadline`, which may throw, now and then: no timer fires meanwhile. */
  batch(
    records: readonly R[],
    options: StoreOptions | undefined,
    checkDeadline: () => void = () => {},
  ): PreparedBatch<Encoded> {
    const byId = new Map<string, EncodedRecord<Encoded>>();
    const faults = new Map<number, Fault>();
    this.ttlMs(options);
    const ids = records.map((record, index) => {
      if (index % DEADLINE_CHECK_EVERY === 0) checkDeadline();
      try {
        const encoded = this.record(record, options);
        byId.set(encoded.id, encoded);
        return encoded.id;
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
        faults.set(index, error.fault);
        return readId(record) ?? '';
      }
    });
    return { ids, records: [...byId.values()], faults };
  }

  ttlMs(options: StoreOptions | undefined): number | undefined {
    const { ttlMs = this.#ttlMs } = options ?? {};
    if (ttlMs === undefined) return undefined;
    if (!this.#backend.supportsTtl) {
      throw invalid(
        'data',
        'TTL_UNSUPPORTED',
        `${this.#backend.name} records cannot expire; leave ttlMs out`,
      );
    }
    return checkDuration('ttlMs', ttlMs);
  }

  #encode(record: R, options: StoreOptions | undefined): EncodedRecord<Encoded> {
    checkRecord(record);
    const id = this.id(record.id ?? this.#newId());
    const stored = (record.id === undefined ? { ...record, id } : record) as Stored<R>;
    const ttlMs = this.ttlMs(options);
    return { id, ...this.#backend.encode(stored, ttlMs === undefined ? {} : { ttlMs }) };
  }
}
