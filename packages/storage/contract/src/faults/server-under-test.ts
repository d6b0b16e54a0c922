import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { expect, vi } from 'vitest';
import type { StorageAdapter } from '../adapter.js';
import type { AdapterOptions } from '../calls/options.js';
import { type ConformanceOptions, newNamespace } from '../conformance/index.js';
import type { Operation } from '../errors/operation.js';
import { StorageError } from '../errors/storage-error.js';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { CANARY_PAYLOAD, type LeakDetector } from './leak-detector.js';
import { LARGE_BYTES } from './network-faults.js';

/** The operations that every fault is tested with. */
export const OPERATIONS = [
  'store',
  'retrieve',
  'search',
  'delete',
  'storeBatch',
  'retrieveBatch',
  'deleteBatch',
] as const satisfies readonly Operation[];

/** One of these operations. */
export type OperationName = (typeof OPERATIONS)[number];

/** An adapter of any backend. */
export type Adapter = StorageAdapter<StorageRecord, StorageQuery, unknown>;
/** A backend's options, whatever its records are. */
type Target = ConformanceOptions<StorageRecord, StorageQuery, unknown>;
/** One operation with ordinary arguments. */
export type Call = (adapter: Adapter, options?: { timeoutMs?: number }) => Promise<unknown>;

const RECOVERY_MS = 15_000;

/** One server, the adapters made for it, and the calls that they make. */
export class ServerUnderTest {
  readonly namespace = newNamespace();
  readonly #target: Target;
  readonly #detector: LeakDetector;
  readonly #adapters: Adapter[] = [];

  private constructor(target: Target, detector: LeakDetector) {
    this.#target = target;
    this.#detector = detector;
    detector.know(target.secrets ?? []);
  }

  /** The server of a backend; the cases know its records by their id alone. */
  static of<R extends StorageRecord, Q extends StorageQuery, Item>(
    target: ConformanceOptions<R, Q, Item>,
    detector: LeakDetector,
  ): ServerUnderTest {
    return new ServerUnderTest(target as unknown as Target, detector);
  }

  /** An adapter that is not connected. */
  async adapter(options: AdapterOptions = {}, password?: string): Promise<Adapter> {
    const { namespace } = this;
    const request = { namespace, options, ...(password !== undefined && { password }) };
    const adapter = await this.#target.createAdapter(request);
    this.#adapters.push(adapter);
    return adapter;
  }

  /** An adapter that is connected. */
  async connected(options: AdapterOptions = {}): Promise<Adapter> {
    const adapter = await this.adapter(options);
    await adapter.connect({ timeoutMs: RECOVERY_MS });
    return adapter;
  }

  /** A record with the canary in it; of `bytes` at least. */
  record(id = ulid(), bytes = 0): StorageRecord & { readonly id: string } {
    // Random, so that no server can compress it.
    const text = `${CANARY_PAYLOAD} ${randomBytes(bytes).toString('hex').slice(0, bytes)}`;
    const record = this.#target.record({ id, scope: 'fault', number: 1, text });
    return record as StorageRecord & { id: string };
  }

  /** A record that takes long over a narrow network. */
  largeRecord(): StorageRecord & { readonly id: string } {
    return this.record(ulid(), LARGE_BYTES);
  }

  /** Every operation with ordinary arguments, by name. */
  get calls(): readonly (readonly [OperationName, Call])[] {
    return OPERATIONS.map((operation) => [operation, this.call(operation)]);
  }

  /** One operation with ordinary arguments. */
  call(operation: OperationName): Call {
    return this.callWith(operation, this.record());
  }

  /** One operation with this record. */
  callWith(operation: OperationName, record: StorageRecord & { readonly id: string }): Call {
    const calls: Record<OperationName, Call> = {
      store: (adapter, options) => adapter.store(record, options),
      retrieve: (adapter, options) => adapter.retrieve(record.id, options),
      search: (adapter, options) => adapter.search(this.#target.query('fault', { limit: 2 }), options),
      delete: (adapter, options) => adapter.delete(record.id, options),
      storeBatch: (adapter, options) => adapter.storeBatch([record, this.record()], options),
      retrieveBatch: (adapter, options) => adapter.retrieveBatch([record.id, 'b'], options),
      deleteBatch: (adapter, options) => adapter.deleteBatch([record.id, 'b'], options),
    };
    return calls[operation];
  }

  /** The facts of a `StorageError`, in which it looks for secrets; fails for anything else. */
  facts(error: unknown, where: string) {
    this.#detector.examine(where, error);
    if (!StorageError.isInstance(error)) expect.fail(`${where}: not a StorageError, but ${String(error)}`);
    const { kind, retriable, outcome, attempts } = error;
    return { kind, retriable, outcome, attempts };
  }

  /** Settles when the same adapter works again, however often it must try. */
  async recovered(adapter: Adapter): Promise<void> {
    const served = async () => expect(await adapter.retrieve('a', { timeoutMs: 2_000 })).toBeNull();
    await vi.waitFor(served, { timeout: RECOVERY_MS, interval: 20 });
  }

  /** Disconnects every adapter and looks for secrets in it before and after. */
  async close(): Promise<void> {
    for (const adapter of this.#adapters.splice(0)) {
      this.#detector.examine('an adapter', adapter, adapter.getMetrics());
      await adapter.disconnect({ timeoutMs: 2_000 });
      this.#detector.examine('an adapter', adapter, adapter.getMetrics());
    }
  }

  /** Removes what the adapters stored. */
  removeNamespace(): Promise<void> {
    return this.#target.removeNamespace(this.namespace);
  }
}
