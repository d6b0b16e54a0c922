import { ulid } from 'ulid';
import type { AdapterCapabilities, StorageAdapter } from '../adapter.js';
import type { AdapterOptions } from '../calls/options.js';
import { StorageError } from '../errors/storage-error.js';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { expect } from './framework/index.js';
import { newNamespace, removeStaleNamespaces } from './namespace.js';
import type { ConformanceOptions, Sample } from './options.js';
import type { Capabilities } from './run/capabilities.js';

/** Deadline of the shared adapter: a server that has just started, on a busy machine, may take longer than a user would wait. */
const LONG_TIMEOUT_MS = 20_000;

/** What the cases of one run share. */
export class Suite<
  R extends StorageRecord = StorageRecord,
  Q extends StorageQuery = StorageQuery,
  Item = unknown,
> {
  readonly options: ConformanceOptions<R, Q, Item>;
  readonly namespace = newNamespace();
  #shared: StorageAdapter<R, Q, Item> | undefined;
  readonly #extra: StorageAdapter<R, Q, Item>[] = [];
  /** What was declared; from the first case on, with what was found out. */
  capabilities: Partial<Capabilities>;

  constructor(options: ConformanceOptions<R, Q, Item>) {
    this.options = options;
    this.capabilities = options.capabilities ?? {};
  }

  /** What the shared adapter says of itself; nothing before there is one. */
  get connectedCapabilities(): Partial<AdapterCapabilities> {
    return this.#shared?.capabilities ?? {};
  }

  /** Connects the adapter that the cases share. */
  async begin(): Promise<void> {
    await removeStaleNamespaces(this.options);
    this.#shared = await this.#create();
    await this.#shared.connect();
  }

  /** Ends what one case left. */
  async afterCase(): Promise<void> {
    await this.options.faults?.set(undefined);
    await Promise.all(this.#extra.splice(0).map((adapter) => adapter.disconnect({ timeoutMs: 1_000 })));
  }

  /** Disconnects, and removes what the cases stored. */
  async end(): Promise<void> {
    await this.#shared?.disconnect();
    await this.options.removeNamespace(this.namespace);
  }

  /** The adapter most cases use: connected, with a long deadline and otherwise default options. */
  get adapter(): StorageAdapter<R, Q, Item> {
    if (!this.#shared) throw new Error('the suite has not started');
    return this.#shared;
  }

  /** An adapter of a case's own, not connected; disconnected after the case. */
  async fresh(options: AdapterOptions = {}, password?: string): Promise<StorageAdapter<R, Q, Item>> {
    const adapter = await this.#create(options, password);
    this.#extra.push(adapter);
    return adapter;
  }

  /** As `fresh`, connected. */
  async connected(options: AdapterOptions = {}): Promise<StorageAdapter<R, Q, Item>> {
    const adapter = await this.fresh(options);
    await adapter.connect();
    return adapter;
  }

  /** An id or a scope that nothing else uses. */
  unique(): string {
    return ulid();
  }

  /** One record with an id of its own. */
  record(sample: Partial<Sample> = {}): R & { readonly id: string } {
    const id = sample.id ?? ulid();
    return this.options.record({ scope: 'any', number: 1, text: 'some text', ...sample, id }) as R & {
      id: string;
    };
  }

  /** Many records of one scope, numbered from 0. */
  records(count: number, scope: string): (R & { readonly id: string })[] {
    return Array.from({ length: count }, (_, number) =>
      this.record({ scope, number, text: `text ${number}` }),
    );
  }

  /** Ids on one page. */
  async page(
    scope: string,
    page: StorageQuery = {},
    adapter = this.adapter,
  ): Promise<{ ids: string[]; cursor?: string }> {
    const { items, cursor } = await adapter.search(this.options.query(scope, page));
    const itemId = this.options.itemId ?? ((item: Item) => (item as { id: string }).id);
    return { ids: items.map(itemId), ...(cursor !== undefined && { cursor }) };
  }

  /** Ids on all pages, one list a page. */
  async pages(
    scope: string,
    limit: number,
    between: (page: number) => Promise<unknown> = async () => {},
  ): Promise<string[][]> {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page: { ids: string[]; cursor?: string } = await this.page(scope, {
        limit,
        ...(cursor !== undefined && { cursor }),
      });
      pages.push(page.ids);
      cursor = page.cursor;
      if (pages.length > 100) expect.fail('the pages do not end');
      if (cursor !== undefined) await between(pages.length);
    } while (cursor !== undefined);
    return pages;
  }

  async #create(options: AdapterOptions = {}, password?: string): Promise<StorageAdapter<R, Q, Item>> {
    const { namespace } = this;
    const withTimeout = { timeoutMs: LONG_TIMEOUT_MS, ...options };
    return this.options.createAdapter({
      namespace,
      options: withTimeout,
      ...(password !== undefined && { password }),
    });
  }
}

/** What a promise rejects with; fails unless it is a member of the family. */
export async function rejection(promise: Promise<unknown>): Promise<StorageError> {
  const error = await promise.then(
    () => expect.fail('it should have rejected'),
    (reason) => reason,
  );
  expect(StorageError.isInstance(error), `not a StorageError: ${error?.name}`).toBe(true);
  return error;
}

/** Every call that needs a connection, by name. */
export function everyCall<R extends StorageRecord, Q extends StorageQuery, Item>(suite: Suite<R, Q, Item>) {
  type Adapter = StorageAdapter<R, Q, Item>;
  type Options = { signal?: AbortSignal; timeoutMs?: number };
  const calls: [string, (adapter: Adapter, options?: Options) => Promise<unknown>][] = [
    ['store', (adapter, options) => adapter.store(suite.record(), options)],
    ['retrieve', (adapter, options) => adapter.retrieve('a', options)],
    ['search', (adapter, options) => adapter.search(suite.options.query('any'), options)],
    ['delete', (adapter, options) => adapter.delete('a', options)],
    ['storeBatch', (adapter, options) => adapter.storeBatch([suite.record(), suite.record()], options)],
    ['retrieveBatch', (adapter, options) => adapter.retrieveBatch(['a', 'b'], options)],
    ['deleteBatch', (adapter, options) => adapter.deleteBatch(['a', 'b'], options)],
  ];
  return calls;
}

/** Freezes a value and all it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
