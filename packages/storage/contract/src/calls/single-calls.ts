import type { Backend } from '../backend.js';
import type { BatchItem } from '../batches/batch.js';
import type { EncodedRecord } from '../batches/prepare.js';
import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import type { StorageQuery, StorageRecord, Stored } from '../records/record.js';
import type { Call } from './call.js';
import { Coalescer } from './coalescer.js';
import type { Lifecycle } from './lifecycle.js';
import type { Lane } from './open-requests.js';
import type { StoreOptions } from './options.js';
import type { Request } from './request.js';

const IDEMPOTENT = { idempotent: true };
const NO_OPTIONS: StoreOptions = {};

type SingleBackend<R extends StorageRecord, Encoded> = Pick<
  Backend<R, StorageQuery, unknown, Encoded>,
  'store' | 'retrieve' | 'fault' | 'limits' | 'coalescing'
>;

/** What one record or id is sent with. */
interface Single {
  readonly call: Call;
  readonly options: StoreOptions | undefined;
}

/** Sends calls about one record: at once where nothing else is under way, else together with those of the same tick. */
export class SingleCalls<R extends StorageRecord, Encoded> {
  readonly #session: Lifecycle;
  readonly #coalescer: Coalescer | undefined;
  readonly #reads: Lane<BatchItem, Stored<R> | FaultError | null>;
  readonly #writes: Lane<EncodedRecord<Encoded>, Fault>;

  constructor(backend: SingleBackend<R, Encoded>, session: Lifecycle, coalesce: boolean) {
    const { coalescing, limits } = backend;
    this.#session = session;
    if (coalescing && coalesce) {
      const fault = (error: unknown, sent: boolean) => backend.fault(error, sent);
      this.#coalescer = new Coalescer({ ordered: coalescing.ordered, fault });
    }
    this.#reads = {
      limits,
      reads: true,
      send: (items, attempt) =>
        backend.retrieve(
          items.map(({ id }) => id),
          attempt,
        ),
    };
    this.#writes = { limits, reads: false, send: (records, attempt) => backend.store(records, attempt) };
  }

  retrieve(id: string, single: Single): Promise<Stored<R> | null> {
    const item = { id, bytes: id.length };
    return single.call.request(async (request) => {
      const record = (await this.#send(this.#reads, item, { request, single })) ?? null;
      if (record instanceof FaultError) throw record;
      return record;
    }, IDEMPOTENT);
  }

  store(record: EncodedRecord<Encoded>, single: Single): Promise<void> {
    return single.call.request(async (request) => {
      const fault = await this.#send(this.#writes, record, { request, single });
      if (fault) throw new FaultError(fault);
    }, IDEMPOTENT);
  }

  /** Sends what waits, so that the next request does not overtake it. */
  flush(): void {
    this.#coalescer?.flush();
  }

  async #send<Item extends BatchItem, Answer>(
    lane: Lane<Item, Answer>,
    item: Item,
    { request, single }: { readonly request: Request; readonly single: Single },
  ): Promise<Answer | undefined> {
    const coalescer = this.#coalescer;
    if (!coalescer) return (await lane.send([item], request)).get(item.id);
    const sending = { request, kin: single.options ?? NO_OPTIONS };
    // Alone, a call waits for nobody.
    return this.#session.inFlight === 1
      ? coalescer.send(lane, item, sending)
      : coalescer.join(lane, item, sending);
  }
}
