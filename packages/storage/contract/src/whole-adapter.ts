import type { AdapterCapabilities, StorageAdapter, Versioned } from './adapter.js';
import { type Change, unsupported, update } from './calls/conditional.js';
import type { CallOptions, StoreOptions } from './calls/options.js';
import { countOf, deleteFound } from './calls/whole-query.js';
import { toStorageError } from './errors/errors.js';
import type { ItemFailure } from './errors/storage-error.js';
import { type AdapterCore, ManagedAdapter } from './managed-adapter.js';
import type { StorageQuery, StorageRecord, Stored } from './records/record.js';
import { checkDuration } from './records/validate.js';

const ONCE = { idempotent: false };
const AGAIN = { idempotent: true };

/** The calls that are made of others, and those that not every backend has. */
export class WholeAdapter<R extends StorageRecord, Q extends StorageQuery, Item, Encoded>
  extends ManagedAdapter<R, Q, Item, Encoded>
  implements StorageAdapter<R, Q, Item>
{
  readonly #core: AdapterCore<R, Q, Item, Encoded>;

  constructor(core: AdapterCore<R, Q, Item, Encoded>) {
    super(core);
    this.#core = core;
  }

  get capabilities(): AdapterCapabilities {
    const { conditions, touch, clear, purge } = this.#core.backend;
    return {
      ifAbsent: conditions?.ifAbsent ?? false,
      ifVersion: conditions?.ifVersion ?? false,
      touch: touch !== undefined,
      clear: clear !== undefined,
      purgeExpired: purge !== undefined,
    };
  }

  retrieveVersioned(id: string, options?: CallOptions): Promise<Versioned<R> | null> {
    const { backend, prepare, runner, spec } = this.#core;
    return runner.run(spec('retrieveVersioned', options, [id]), async (call) => {
      const { retrieveVersion } = backend;
      if (!retrieveVersion) throw unsupported(backend.name, 'retrieveVersioned');
      prepare.id(id);
      return (await call.request((attempt) => retrieveVersion.call(backend, id, attempt), AGAIN)) ?? null;
    });
  }

  update(id: string, change: Change<R>, options?: StoreOptions): Promise<Stored<R> | null> {
    const { backend, prepare, runner, spec } = this.#core;
    return runner.run(spec('update', options, [id]), (call) => {
      prepare.id(id);
      return update(backend as never, prepare, { id, change, options }, call);
    });
  }

  touch(id: string, ttlMs: number | null, options?: CallOptions): Promise<boolean> {
    const { backend, prepare, runner, spec } = this.#core;
    return runner.run(spec('touch', options, [id]), async (call) => {
      const { touch } = backend;
      if (!touch) throw unsupported(backend.name, 'touch');
      prepare.id(id);
      const checked = ttlMs === null ? undefined : checkDuration('ttlMs', ttlMs);
      return call.request((attempt) => touch.call(backend, id, checked, attempt), AGAIN);
    });
  }

  count(query: Q, options?: CallOptions): Promise<number> {
    const { backend, runner, spec } = this.#core;
    return runner.run(spec('count', options), (call) => countOf(backend, query, call));
  }

  async *all(query: Q, options?: CallOptions): AsyncGenerator<Item, void, undefined> {
    let page = await this.search(query, options);
    const failures: ItemFailure[] = [...(page.failures ?? [])];
    for (;;) {
      yield* page.items;
      const { cursor } = page;
      if (cursor === undefined) break;
      page = await this.search({ ...query, cursor }, options);
      failures.push(...(page.failures ?? []));
    }
    if (failures.length === 0) return;
    const context = {
      backend: this.backend,
      operation: 'search' as const,
      ids: failures.map(({ id }) => id),
      failures,
    };
    const detail = 'these stored values cannot be read; all others were given';
    throw toStorageError(
      { kind: 'data', retriable: false, outcome: 'rejected', code: 'CORRUPT_RECORD', detail },
      context,
    );
  }

  deleteWhere(query: Q, options?: CallOptions): Promise<number> {
    const { backend, runner, spec } = this.#core;
    return runner.run(spec('deleteWhere', options), (call) => deleteFound(backend, query, call));
  }

  clear(options?: CallOptions): Promise<number> {
    return this.#number('clear', this.#core.backend.clear, options);
  }

  purgeExpired(options?: CallOptions): Promise<number> {
    return this.#number('purgeExpired', this.#core.backend.purge, options);
  }

  #number(
    operation: 'clear' | 'purgeExpired',
    method: ((attempt: never) => Promise<number>) | undefined,
    options?: CallOptions,
  ): Promise<number> {
    const { backend, runner, spec } = this.#core;
    return runner.run(spec(operation, options), (call) => {
      if (!method) throw unsupported(backend.name, operation);
      return call.request((attempt) => method.call(backend, attempt as never), ONCE);
    });
  }
}
