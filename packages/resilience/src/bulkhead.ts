import { type BulkheadPolicy, bulkhead } from 'cockatiel';
import { abandonOn } from './abandon.js';
import { Deadline } from './deadline.js';

/** Limits the calls that run at once; the others wait, first come first served. */
export class Bulkhead {
  readonly #policy: BulkheadPolicy;

  /** @param capacity Calls inside at once. */
  constructor(capacity: number) {
    this.#policy = bulkhead(capacity, Number.POSITIVE_INFINITY);
  }

  /**
   * Waits for a place and runs the call in it; rejects with the signal's reason when that fired before or fires in
   * the waiting.
   *
   * @param until A deadline, or an `AbortController`.
   */
  run<T>(until: { readonly signal: AbortSignal }, call: () => Promise<T>): Promise<T> {
    try {
      // A deadline need not create its signal for this, and a call that does not wait needs no signal.
      if (until instanceof Deadline) until.throwIfOver();
      else until.signal.throwIfAborted();
    } catch (error) {
      return Promise.reject(error);
    }
    return this.#policy.executionSlots > 0 ? this.#policy.execute(call) : this.#wait(until.signal, call);
  }

  async #wait<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    let inside = false;
    let enter: () => void = () => {};
    const entered = new Promise<void>((resolve) => {
      enter = resolve;
    });
    const result = this.#policy.execute(() => {
      signal.throwIfAborted();
      inside = true;
      enter();
      return call();
    });
    result.catch(() => {});
    try {
      await abandonOn(signal, Promise.race([entered, result]));
    } catch (error) {
      if (!inside) throw error;
    }
    return result;
  }
}
