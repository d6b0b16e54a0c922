import { defaultMaxListeners, getMaxListeners, setMaxListeners } from 'node:events';
import { type Clock, systemClock } from './clock.js';

/** One signal may end as many calls at once before Node warns of a leak. */
const MAX_CALLS_PER_SIGNAL = 100_000;

/** The reason of a signal that a `Deadline` fired. */
export class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';

  constructor(readonly timeoutMs: number) {
    super(`no result within ${timeoutMs} ms`);
  }
}

/** How a `Deadline` is made. */
export interface DeadlineOptions {
  /** Milliseconds from now. */
  readonly timeoutMs: number;
  /** Further signals that end the wait early. */
  readonly signals?: readonly (AbortSignal | undefined)[] | undefined;
  /** Default: `systemClock`. */
  readonly clock?: Clock | undefined;
}

/** Where a signal remembers its deadline: a property costs a fraction of what a `WeakMap` does. */
const DEADLINE = Symbol('deadline');

/** One point in time for a whole call, whatever it does inside; close it when the call has settled. */
export class Deadline {
  readonly timeoutMs: number;
  readonly #clock: Clock;
  readonly #end: number;
  readonly #signals: readonly AbortSignal[];
  readonly #release: (() => void)[] = [];
  #controller: AbortController | undefined;
  #closed = false;

  constructor(options: DeadlineOptions) {
    this.timeoutMs = options.timeoutMs;
    this.#clock = options.clock ?? systemClock;
    this.#end = this.#clock.now() + options.timeoutMs;
    this.#signals = options.signals?.filter((signal) => signal !== undefined) ?? [];
  }

  /** The deadline whose signal this is, if it is one's and not closed: a closed one ends nothing any more. */
  static of(signal: AbortSignal): Deadline | undefined {
    const deadline = (signal as { [DEADLINE]?: Deadline })[DEADLINE];
    return deadline && !deadline.#closed ? deadline : undefined;
  }

  /** Fires with a `DeadlineExceededError`, or with the reason of the signal that fired first. */
  get signal(): AbortSignal {
    // A signal and its timer cost more than all else here, and many calls settle before they need one.
    this.#controller ??= this.#arm();
    return this.#controller.signal;
  }

  /** Milliseconds left, never negative. */
  remainingMs(): number {
    return Math.max(0, this.#end - this.#clock.now());
  }

  /** Whether it was time that ran out, not a caller who gave up. */
  get exceeded(): boolean {
    return this.signal.reason instanceof DeadlineExceededError;
  }

  /** Throws the signal's reason if it has fired, or if the time is over and its timer merely late. */
  throwIfOver(): void {
    const over = this.remainingMs() === 0;
    if (!this.#controller && !over && !this.#signals.some(({ aborted }) => aborted)) return;
    const { signal } = this;
    if (over && !this.#closed) this.#expire(this.#controller);
    signal.throwIfAborted();
  }

  /** Stops the timer and lets go of the caller's signals. */
  close(): void {
    this.#closed = true;
    for (const release of this.#release.splice(0)) release();
  }

  #arm(): AbortController {
    const controller = new AbortController();
    (controller.signal as { [DEADLINE]?: Deadline })[DEADLINE] = this;
    for (const signal of this.#signals) this.#follow(signal, controller);
    if (controller.signal.aborted || this.#closed) return controller;
    const remainingMs = this.remainingMs();
    // A timer of no length would let one more request out before it fires.
    if (remainingMs === 0) this.#expire(controller);
    else this.#release.push(this.#clock.schedule(() => this.#expire(controller), remainingMs));
    return controller;
  }

  #expire(controller: AbortController | undefined): void {
    controller?.abort(new DeadlineExceededError(this.timeoutMs));
  }

  #follow(signal: AbortSignal, controller: AbortController): void {
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) {
      abort();
    } else if (!this.#closed) {
      allowManyCalls(signal);
      signal.addEventListener('abort', abort, { once: true });
      this.#release.push(() => signal.removeEventListener('abort', abort));
    }
  }
}

/** Node's limit of 10 is meant for emitters, and each call lets go of the signal when it settles. */
function allowManyCalls(signal: AbortSignal): void {
  if (getMaxListeners(signal) === defaultMaxListeners) setMaxListeners(MAX_CALLS_PER_SIGNAL, signal);
}
