import type { BatchItem } from '../batches/batch.js';
import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import type { Attempt } from './attempt.js';
import { Group } from './group.js';
import { IdOrder } from './id-order.js';
import { type Kin, type Lane, OpenRequests, type SharedRequest, type Waiting } from './open-requests.js';
import type { Request } from './request.js';

/** Requests on their way at once; what comes meanwhile travels together with the next. */
const MOST_AT_ONCE = 4;

/** What an adapter tells its `Coalescer`. */
export interface CoalescerOptions {
  /** Whether the server applies requests in the order in which they are sent. */
  readonly ordered: boolean;
  /** Translates a driver's error. */
  fault(error: unknown, sent: boolean): Fault;
}

/**
 * Lets calls of one tick travel in one request.
 *
 * Two calls about one id, of which one writes, keep their order: they never travel in one request, and where the
 * server does not keep the order of requests, the second waits for the first one's answer.
 */
export class Coalescer {
  readonly #options: CoalescerOptions;
  readonly #open = new OpenRequests();
  /** Only where the server does not keep the order of requests. */
  readonly #order: IdOrder | undefined;
  #onTheirWay = 0;
  #scheduled = false;

  constructor(options: CoalescerOptions) {
    this.#options = options;
    this.#order = options.ordered ? undefined : new IdOrder();
  }

  /** The answer for the item, sent with others that come in this tick; undefined where the server told nothing of it. */
  join<Item extends BatchItem, Answer>(
    lane: Lane<Item, Answer>,
    item: Item,
    { request, kin }: { readonly request: Request; readonly kin: Kin },
  ): Promise<Answer | undefined> {
    return new Promise((resolve, reject) => {
      const waiting = { item, request, resolve, reject } as unknown as Waiting;
      const add = () => this.#add(lane as unknown as Lane<BatchItem, unknown>, waiting, kin);
      if (this.#order) this.#order.enter(item.id, lane.reads, add);
      else add();
    });
  }

  /** As `join`, for a call that has nobody to wait for: it is sent at once. */
  async send<Item extends BatchItem, Answer>(
    lane: Lane<Item, Answer>,
    item: Item,
    { request, kin }: { readonly request: Request; readonly kin: Kin },
  ): Promise<Answer | undefined> {
    const order = this.#order;
    if (order && !order.isIdle) {
      // The request of a call that was given up may still be on its way.
      const answer = this.join(lane, item, { request, kin });
      this.flush();
      return answer;
    }
    order?.enter(item.id, lane.reads, () => {});
    try {
      return (await lane.send([item], request)).get(item.id);
    } finally {
      if (order) {
        order.leave(item.id, lane.reads);
        this.flush();
      }
    }
  }

  /** Sends all that waits and may go, such as before a request that must not overtake it. */
  flush(): void {
    this.#scheduled = false;
    const hasPlace = () => this.#options.ordered || this.#onTheirWay < MOST_AT_ONCE;
    for (let next = this.#open.next(hasPlace()); next; next = this.#open.next(hasPlace()))
      void this.#sendShared(next);
  }

  #add(lane: Lane<BatchItem, unknown>, waiting: Waiting, kin: Kin): void {
    // The server keeps the order of requests, so that what went before has to be another request.
    if (!this.#order && this.#open.conflicts(waiting.item.id, lane.reads)) this.flush();
    this.#open.add(lane, waiting, kin);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After all that this turn of the event loop still resolves, and before anything else.
    process.nextTick(() => this.flush());
  }

  async #sendShared({ lane, waiting, isLimited }: SharedRequest): Promise<void> {
    const together = waiting.filter(({ request }) => !request.aborted);
    if (isLimited) this.#onTheirWay += 1;
    try {
      if (together.length > 0) await this.#answer(lane, together);
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
    if (isLimited) this.#onTheirWay -= 1;
    if (!this.#order) return;
    for (const { item } of waiting) this.#order.leave(item.id, lane.reads);
    this.flush();
  }

  async #answer(lane: Lane<BatchItem, unknown>, together: readonly Waiting[]): Promise<void> {
    const [{ request }] = together as [Waiting];
    const attempt = together.length === 1 ? request : new Group(together.map((each) => each.request));
    let answers: ReadonlyMap<string, unknown>;
    try {
      answers = await lane.send(distinctItems(lane, together), attempt);
    } catch (error) {
      if (together.length === 1 || !this.#concernsOne(error, attempt)) throw error;
      // One of them may spoil the request for all: each is sent by itself, and gets its own error.
      for (const each of together) if (!each.request.aborted) await this.#answerAlone(lane, each);
      return;
    }
    if (!lane.reads) {
      for (const { item, resolve } of together) resolve(answers.get(item.id));
      return;
    }
    const given = new Set<string>();
    for (const { item, resolve } of together) {
      const answer = answers.get(item.id);
      // Callers may change what they get, and no other caller's.
      resolve(given.has(item.id) && !(answer instanceof Error) ? structuredClone(answer) : answer);
      given.add(item.id);
    }
  }

  async #answerAlone(
    lane: Lane<BatchItem, unknown>,
    { item, request, resolve, reject }: Waiting,
  ): Promise<void> {
    try {
      resolve((await lane.send([item], request)).get(item.id));
    } catch (error) {
      reject(error);
    }
  }

  /** Whether the error may come of a single item, not of the connection, the time or the server's load. */
  #concernsOne(error: unknown, attempt: Attempt): boolean {
    if (attempt.aborted) return false;
    const fault = error instanceof FaultError ? error.fault : this.#options.fault(error, true);
    return !fault.retriable && fault.kind !== 'connection' && fault.kind !== 'timeout';
  }
}

/** Several reads of one id are one; writes that travel together have distinct ids. */
function distinctItems(lane: Lane<BatchItem, unknown>, together: readonly Waiting[]): readonly BatchItem[] {
  if (!lane.reads) return together.map(({ item }) => item);
  return [...new Map(together.map(({ item }) => [item.id, item])).values()];
}
