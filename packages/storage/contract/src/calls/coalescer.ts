import type { BatchItem, BatchLimits } from '../batches/batch.js';
import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import type { Attempt } from './attempt.js';
import { Group } from './group.js';
import type { Request } from './request.js';

/** Requests on their way at once; what comes meanwhile travels together with the next. */
const MOST_AT_ONCE = 4;

/** How one kind of call travels with others of its kind. */
export interface Lane<Item extends BatchItem, Answer> {
  readonly limits: BatchLimits;
  /** Whether two of one id may travel side by side. */
  readonly reads: boolean;
  /** Sends items with distinct ids; the answers by id. */
  send(items: readonly Item[], attempt: Attempt): Promise<ReadonlyMap<string, Answer>>;
}

/** A call that waits for its place in a request. */
interface Waiting {
  readonly lane: Lane<BatchItem, unknown>;
  readonly item: BatchItem;
  readonly request: Request;
  /** Travels only with others of the same; undefined: by itself, in its turn. */
  readonly kin: string | undefined;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

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
  #waiting: Waiting[] = [];
  /** Ids of requests on their way, by lane; only where the server does not keep the order. */
  readonly #busy = new Set<{ readonly reads: boolean; readonly ids: ReadonlySet<string> }>();
  #onTheirWay = 0;
  #scheduled = false;

  constructor(options: CoalescerOptions) {
    this.#options = options;
  }

  /** The answer for the item, sent with others that come in this tick; undefined where the server told nothing of it. */
  join<Item extends BatchItem, Answer>(
    lane: Lane<Item, Answer>,
    item: Item,
    { request, kin }: Pick<Waiting, 'request' | 'kin'>,
  ): Promise<Answer | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        lane: lane as unknown as Waiting['lane'],
        item,
        request,
        kin,
        resolve: resolve as Waiting['resolve'],
        reject,
      });
      if (this.#scheduled) return;
      this.#scheduled = true;
      // After all that this turn of the event loop still resolves, and before anything else.
      process.nextTick(() => this.flush());
    });
  }

  /** Sends all that waits and may go, such as before a request that must not overtake it. */
  flush(): void {
    this.#scheduled = false;
    if (this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.filter(({ request }) => !request.aborted);
    while (this.#options.ordered || this.#onTheirWay < MOST_AT_ONCE) {
      const together = this.#takeTogether();
      if (together.length === 0) return;
      void this.#send(together);
    }
  }

  /** The first that may go and all that may travel with it. */
  #takeTogether(): Waiting[] {
    const together: Waiting[] = [];
    const left: Waiting[] = [];
    const taken = new Set<string>();
    const passed = new Map<string, boolean>();
    let bytes = 0;
    let full = false;
    for (const waiting of this.#waiting) {
      const { lane, item, kin } = waiting;
      const [first] = together;
      const fits =
        !full &&
        (!first || (first.lane === lane && first.kin === kin && kin !== undefined)) &&
        (lane.reads || !taken.has(item.id)) &&
        this.#mayPass(item.id, lane.reads, passed);
      if (!fits) {
        left.push(waiting);
        passed.set(item.id, lane.reads && (passed.get(item.id) ?? true));
        continue;
      }
      together.push(waiting);
      taken.add(item.id);
      bytes += item.bytes;
      full = together.length >= lane.limits.maxItems || bytes >= lane.limits.maxBytes;
    }
    this.#waiting = left;
    return together;
  }

  /** Whether nothing earlier about this id, waiting or on its way, must be answered first. */
  #mayPass(id: string, reads: boolean, passed: ReadonlyMap<string, boolean>): boolean {
    const earlier = passed.get(id);
    if (earlier !== undefined && !(earlier && reads)) return false;
    for (const busy of this.#busy) if (!(busy.reads && reads) && busy.ids.has(id)) return false;
    return true;
  }

  async #send(together: readonly Waiting[]): Promise<void> {
    const [first] = together;
    if (!first) return;
    const { lane, request } = first;
    const busy = { reads: lane.reads, ids: new Set(together.map(({ item }) => item.id)) };
    if (!this.#options.ordered) this.#busy.add(busy);
    this.#onTheirWay += 1;
    const group = together.length === 1 ? request : new Group(together.map((each) => each.request));
    try {
      await this.#answer(together, group);
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
    this.#busy.delete(busy);
    this.#onTheirWay -= 1;
    this.flush();
  }

  async #answer(together: readonly Waiting[], attempt: Request | Group): Promise<void> {
    const [{ lane }] = together as [Waiting];
    const items = [...new Map(together.map(({ item }) => [item.id, item])).values()];
    let answers: ReadonlyMap<string, unknown>;
    try {
      answers = await lane.send(items, attempt);
    } catch (error) {
      if (together.length === 1 || !this.#concernsOne(error, attempt)) throw error;
      // One of them may spoil the request for all: each is sent by itself, and gets its own error.
      for (const each of together) if (!each.request.aborted) await this.#answerAlone(each);
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

  async #answerAlone({ lane, item, request, resolve, reject }: Waiting): Promise<void> {
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
