import { monotonicFactory } from 'ulid';
import type { StorageAdapter } from './adapter.js';
import type { Backend } from './backend.js';
import { Preparer } from './batches/prepare.js';
import { checkAdapterOptions } from './calls/check-options.js';
import { Lifecycle } from './calls/lifecycle.js';
import type { AdapterOptions } from './calls/options.js';
import { type Internals, Runner } from './calls/runner.js';
import { SingleCalls } from './calls/single-calls.js';
import type { AdapterCore } from './managed-adapter.js';
import type { StorageQuery, StorageRecord } from './records/record.js';
import { WholeAdapter } from './whole-adapter.js';

/** Makes an adapter of a backend: adds lifecycle, deadlines, retries, metrics and chunking; throws a `TypeError` for options that cannot work. */
export function createAdapter<R extends StorageRecord, Q extends StorageQuery, Item, Encoded>(
  backend: Backend<R, Q, Item, Encoded>,
  options: AdapterOptions = {},
  internals: Internals = {},
): StorageAdapter<R, Q, Item> {
  checkAdapterOptions(backend.name, options);
  const lifecycle = new Lifecycle();
  const singles = new SingleCalls(backend, lifecycle, options.coalesce ?? true);
  const core: AdapterCore<R, Q, Item, Encoded> = {
    backend,
    runner: new Runner(backend, options, internals),
    prepare: new Preparer(backend, monotonicFactory(), options.ttlMs),
    lifecycle,
    singles,
    spec: (operation, callOptions, ids) => {
      if (operation !== 'store' && operation !== 'retrieve') singles.flush();
      const spec = { operation, options: callOptions, session: lifecycle };
      return Array.isArray(ids) ? { ...spec, ids, items: ids.length } : spec;
    },
  };
  return new WholeAdapter(core);
}
