import type { BatchItem, BatchLimits } from '../batches/batch.js';
import type { Attempt } from './attempt.js';
import type { Request } from './request.js';

/** How one kind of call travels with others of its kind. */
export interface Lane<Item extends BatchItem, Answer> {
  readonly limits: BatchLimits;
  /** Whether two of one id may travel side by side. */
  readonly reads: boolean;
  /** Sends items with distinct ids; the answers by id. */
  send(items: readonly Item[], attempt: Attempt): Promise<ReadonlyMap<string, Answer>>;
}

/** What calls have in common that travel together: whoever may end a call early, or gives it less time, ends or hurries no other. */
export interface Kin {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  /** Lifetime of the record. */
  readonly ttlMs?: number | undefined;
}

/** A call that waits for its place in a request. */
export interface Waiting {
  readonly item: BatchItem;
  readonly request: Request;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** Calls that travel together. */
export interface SharedRequest {
  readonly lane: Lane<BatchItem, unknown>;
  readonly waiting: Waiting[];
  /** Whether it waits while many requests are on their way: what has a signal of its own finds few to share with, and gains nothing by it. */
  readonly isLimited: boolean;
}

/** Requests of one kind of call that still have room: by signal, then by the rest of what they have in common. */
type Homes = Map<AbortSignal | undefined, Map<number | string, Growing>>;

interface Growing extends SharedRequest {
  readonly kin: Kin;
  bytes: number;
}

/** Requests that are not sent yet: each holds calls of one kin, as many as the backend takes. */
export class OpenRequests {
  readonly #limited = new Set<Growing>();
  readonly #own = new Set<Growing>();
  readonly #homes = new Map<Lane<BatchItem, unknown>, Homes>();
  /** Ids in them, and whether they are only read. */
  readonly #ids = new Map<string, boolean>();

  /** Whether one about this id is open, and one of the two writes. */
  conflicts(id: string, reads: boolean): boolean {
    const onlyRead = this.#ids.get(id);
    return onlyRead !== undefined && !(onlyRead && reads);
  }

  add(lane: Lane<BatchItem, unknown>, waiting: Waiting, kin: Kin): void {
    const { item } = waiting;
    const growing = this.#growing(lane, kin);
    growing.waiting.push(waiting);
    growing.bytes += item.bytes;
    this.#ids.set(item.id, lane.reads && (this.#ids.get(item.id) ?? true));
    const { maxItems, maxBytes } = lane.limits;
    if (growing.waiting.length >= maxItems || growing.bytes >= maxBytes) this.#close(growing);
  }

  /** The next to send, taken out; `isAny` tells whether it may be one that is limited. */
  next(isAny: boolean): SharedRequest | undefined {
    const next = firstOf(this.#own) ?? (isAny ? firstOf(this.#limited) : undefined);
    if (!next) return undefined;
    (next.isLimited ? this.#limited : this.#own).delete(next);
    this.#close(next);
    if (this.#limited.size === 0 && this.#own.size === 0) this.#ids.clear();
    return next;
  }

  #growing(lane: Lane<BatchItem, unknown>, kin: Kin): Growing {
    const homes = getOrMake(this.#homes, lane, () => new Map());
    const home = getOrMake(homes, kin.signal, () => new Map());
    return getOrMake(home, keyOf(kin), () => {
      const isLimited = kin.signal === undefined;
      const growing: Growing = { lane, kin, waiting: [], isLimited, bytes: 0 };
      (isLimited ? this.#limited : this.#own).add(growing);
      return growing;
    });
  }

  /** It is sent, or full: whatever comes now travels in another. */
  #close(growing: Growing): void {
    const { signal } = growing.kin;
    const homes = this.#homes.get(growing.lane);
    const home = homes?.get(signal);
    if (home?.get(keyOf(growing.kin)) !== growing) return;
    home.delete(keyOf(growing.kin));
    if (home.size === 0 && signal !== undefined) homes?.delete(signal);
  }
}

function keyOf({ ttlMs = 0, timeoutMs }: Kin): number | string {
  return timeoutMs === undefined ? ttlMs : `${ttlMs}/${timeoutMs}`;
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function firstOf<T>(set: ReadonlySet<T>): T | undefined {
  for (const first of set) return first;
  return undefined;
}
