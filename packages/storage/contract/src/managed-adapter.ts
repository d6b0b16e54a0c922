import { inspect } from 'node:util';
import type { Backend } from './backend.js';
import { inChunks, sendRemaining } from './batches/batch.js';
import { eachChunk, throwIfAny } from './batches/each-chunk.js';
import type { EncodedRecord, Preparer } from './batches/prepare.js';
import type { Attempt } from './calls/attempt.js';
import type { Call } from './calls/call.js';
import { conditionOf, conflict, storeIf } from './calls/conditional.js';
import type { HealthReport } from './calls/health.js';
import type { Lifecycle } from './calls/lifecycle.js';
import { openShared } from './calls/open-shared.js';
import type { CallOptions, StoreOptions, WriteOptions } from './calls/options.js';
import type { CallSpec, Runner } from './calls/runner.js';
import type { SingleCalls } from './calls/single-calls.js';
import type { Fault } from './errors/fault.js';
import { FaultError } from './errors/fault-error.js';
import type { Operation } from './errors/operation.js';
import type { StorageError } from './errors/storage-error.js';
import type { SearchPage, StorageQuery, StorageRecord, Stored } from './records/record.js';
import { checkList, checkQuery, readId } from './records/validate.js';
import type { MetricsSnapshot } from './telemetry/metrics.js';

// A second delete would answer false for what the first one removed.
const DELETE = { idempotent: false };
const NO_FAULTS: ReadonlyMap<string, Fault> = new Map();

type SendIds = (part: readonly string[]) => Promise<ReadonlyMap<string, Fault>>;

/** What an adapter works with. */
export interface AdapterCore<R extends StorageRecord, Q extends StorageQuery, Item, Encoded> {
  readonly backend: Backend<R, Q, Item, Encoded>;
  readonly runner: Runner;
  readonly prepare: Preparer<R, Encoded>;
  readonly lifecycle: Lifecycle;
  readonly singles: SingleCalls<R, Encoded>;
  spec(operation: Operation, options: CallOptions | undefined, ids?: readonly string[]): CallSpec;
}

/** The calls that every backend answers by itself. */
export abstract class ManagedAdapter<R extends StorageRecord, Q extends StorageQuery, Item, Encoded> {
  readonly #backend: Backend<R, Q, Item, Encoded>;
  readonly #runner: Runner;
  readonly #prepare: Preparer<R, Encoded>;
  readonly #lifecycle: Lifecycle;
  readonly #singles: SingleCalls<R, Encoded>;
  readonly #spec: AdapterCore<R, Q, Item, Encoded>['spec'];

  constructor({ backend, runner, prepare, lifecycle, singles, spec }: AdapterCore<R, Q, Item, Encoded>) {
    this.#backend = backend;
    this.#runner = runner;
    this.#prepare = prepare;
    this.#lifecycle = lifecycle;
    this.#singles = singles;
    this.#spec = spec;
  }

  get backend(): string {
    return this.#backend.name;
  }

  connect(options?: CallOptions): Promise<void> {
    return this.#runner.run({ operation: 'connect', options }, (call) =>
      this.#lifecycle.connect(call.deadline.signal, (signal) =>
        openShared(this.#backend, this.#runner, { signal, options, opener: call }),
      ),
    );
  }

  disconnect(options?: CallOptions): Promise<void> {
    return this.#runner.run({ operation: 'disconnect', options, evenIfAborted: true }, (call) =>
      this.#lifecycle.disconnect(call.deadline.signal, () => this.#backend.close()),
    );
  }

  store(record: R, options?: WriteOptions): Promise<string> {
    const id = readId(record);
    const spec = this.#spec('store', options, id === undefined ? [] : [id]);
    return this.#runner.run({ ...spec, items: 1 }, async (call) => {
      const encoded = this.#prepare.record(record, options);
      const condition = options && conditionOf(options);
      if (condition) {
        this.#singles.flush();
        if (await storeIf(this.#backend as never, encoded as never, condition, call)) return encoded.id;
        throw conflict(condition);
      }
      await this.#singles.store(encoded, { call, options });
      return encoded.id;
    });
  }

  retrieve(id: string, options?: CallOptions): Promise<Stored<R> | null> {
    return this.#runner.run(this.#spec('retrieve', options, [id]), (call) =>
      this.#singles.retrieve(this.#prepare.id(id), { call, options }),
    );
  }

  search(query: Q, options?: CallOptions): Promise<SearchPage<Item>> {
    return this.#runner.run(this.#spec('search', options), async (call) => {
      const bounded = checkQuery(query, this.#backend.queryShape);
      return call.request((attempt) => this.#backend.search(bounded, attempt), { idempotent: true });
    });
  }

  delete(id: string, options?: CallOptions): Promise<boolean> {
    return this.#runner.run(this.#spec('delete', options, [id]), async (call) => {
      const ids = [this.#prepare.id(id)];
      const deleted = await call.request((attempt) => this.#backend.delete(ids, attempt), DELETE);
      return deleted.has(id);
    });
  }

  storeBatch(records: readonly R[], options?: StoreOptions): Promise<string[]> {
    const spec = { ...this.#spec('storeBatch', options), items: records?.length ?? 0 };
    return this.#runner.run(spec, async (call) => {
      checkList(records);
      const checkDeadline = () => call.deadline.throwIfOver();
      const { ids, records: encoded, faults } = this.#prepare.batch(records, options, checkDeadline);
      const byId = await inChunks(encoded, this.#backend.limits, (part) => this.#send(call, part));
      throwIfAny(ids, { byIndex: faults, byId });
      return ids;
    });
  }

  retrieveBatch(ids: readonly string[], options?: CallOptions): Promise<(Stored<R> | null)[]> {
    return this.#runner.run(this.#spec('retrieveBatch', options, ids), async (call) => {
      checkList(ids);
      const copy = [...ids];
      const found = new Map<string, Stored<R> | null>();
      const records = () => copy.map((id) => found.get(id) ?? null);
      const read = async (part: readonly string[]) => {
        const faults = new Map<string, Fault>();
        const send = (attempt: Attempt) => this.#backend.retrieve(part, attempt);
        for (const [id, record] of await call.request(send, { idempotent: true })) {
          if (record instanceof FaultError) faults.set(id, record.fault);
          else found.set(id, record);
        }
        return faults;
      };
      await this.#eachChunk(copy, read, records);
      return records();
    });
  }

  deleteBatch(ids: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, boolean>> {
    return this.#runner.run(this.#spec('deleteBatch', options, ids), async (call) => {
      checkList(ids);
      const deleted = new Map(ids.map((id) => [id, false]));
      await this.#eachChunk([...ids], async (part) => {
        const send = (attempt: Attempt) => this.#backend.delete(part, attempt);
        for (const id of await call.request(send, DELETE)) deleted.set(id, true);
        return NO_FAULTS;
      });
      return deleted;
    });
  }

  async healthCheck(options?: CallOptions): Promise<HealthReport> {
    const started = performance.now();
    const once = { idempotent: true, maxAttempts: 1 };
    try {
      const { version } = await this.#runner.run(this.#spec('healthCheck', options), (call) =>
        call.request((attempt) => this.#backend.ping(attempt), once),
      );
      const latencyMs = performance.now() - started;
      return { status: 'healthy', latencyMs, ...(version !== undefined && { version }) };
    } catch (error) {
      const latencyMs = performance.now() - started;
      return { status: 'unhealthy', latencyMs, error: (error as StorageError).toJSON() };
    }
  }

  getMetrics(): MetricsSnapshot {
    return this.#runner.metrics.snapshot();
  }

  toJSON(): { backend: string; state: string } {
    return { backend: this.backend, state: this.#lifecycle.state };
  }

  [inspect.custom](): string {
    return `StorageAdapter(${this.backend}, ${this.#lifecycle.state})`;
  }

  #send(call: Call, records: readonly EncodedRecord<Encoded>[]) {
    return sendRemaining(call, records, (remaining, attempt) => this.#backend.store(remaining, attempt));
  }

  #eachChunk(ids: readonly string[], send: SendIds, records?: () => readonly unknown[]): Promise<void> {
    for (const id of ids) this.#prepare.id(id);
    return eachChunk(ids, this.#backend.limits, send, records);
  }
}
