import type { Backend } from '../backend.js';
import type { BatchItem } from '../batches/batch.js';
import type { EncodedRecord } from '../batches/prepare.js';
import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import type { StorageQuery, StorageRecord, Stored } from '../records/record.js';
import type { Call } from './call.js';
import { Coalescer, type Lane } from './coalescer.js';
import type { Lifecycle } from './lifecycle.js';
import type { CallOptions } from './options.js';
import type { Request } from './request.js';

const IDEMPOTENT = { idempotent: true };

type SingleBackend<R extends StorageRecord, Encoded> = Pick<
  Backend<R, StorageQuery, unknown, Encoded>,
  'store' | 'retrieve' | 'fault' | 'limits' | 'coalescing'
>;

/** What one record or id is sent with. */
interface Single {
  readonly call: Call;
  readonly options: CallOptions | undefined;
  /** Lifetime of the record; those of one request have the same. */
  readonly ttlMs?: number | undefined;
}

/** Sends calls about one record: at once where nothing else is under way, else together with those of the same tick. */
export class SingleCalls<R extends StorageRecord, Encoded> {
  readonly #session: Lifecycle;
  readonly #ordered: boolean;
  readonly #coalescer: Coalescer | undefined;
  readonly #reads: Lane<BatchItem, Stored<R> | FaultError | null>;
  readonly #writes: Lane<EncodedRecord<Encoded>, Fault>;

  constructor(backend: SingleBackend<R, Encoded>, session: Lifecycle, coalesce: boolean) {
    const { coalescing, limits } = backend;
    this.#session = session;
    this.#ordered = coalescing?.ordered ?? true;
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
    const isAlone = this.#session.inFlight === 1;
    const coalescer = this.#coalescer;
    if (!coalescer || (isAlone && this.#ordered)) return (await lane.send([item], request)).get(item.id);
    const { options, ttlMs = 0 } = single;
    // Whoever may end a call early, or gives it less time, ends or hurries no other.
    const kin = options?.signal || options?.timeoutMs !== undefined ? undefined : String(ttlMs);
    const answer = coalescer.join(lane, item, { request, kin });
    // Alone, a call waits for nobody.
    if (isAlone) coalescer.flush();
    return answer;
  }
}
