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

const NONE: readonly AbortSignal[] = [];

/** One point in time for a whole call, whatever it does inside; close it when the call has settled. */
export class Deadline {
  readonly timeoutMs: number;
  readonly #clock: Clock;
  readonly #end: number;
  readonly #signals: readonly (AbortSignal | undefined)[];
  #controller: AbortController | undefined;
  /** Callbacks that wait for the signal without an event; undefined until there is one. */
  #listeners: Set<() => void> | undefined;
  #stopTimer: (() => void) | undefined;
  /** Handles the event of the given signals, once it is heard. */
  #follow: ((event: Event) => void) | undefined;
  #closed = false;

  constructor({ timeoutMs, signals = NONE, clock = systemClock }: DeadlineOptions) {
    this.timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#end = clock.now() + timeoutMs;
    this.#signals = signals;
  }

  /** The deadline whose signal this is, if it is one's and not closed: a closed one ends nothing any more. */
  static of(signal: AbortSignal): Deadline | undefined {
    const deadline = (signal as { [DEADLINE]?: Deadline })[DEADLINE];
    return deadline && !deadline.#closed ? deadline : undefined;
  }

  /** Fires with a `DeadlineExceededError`, or with the reason of the signal that fired first. */
  get signal(): AbortSignal {
    // A signal and its timer cost more than all else here, and many calls settle before they need one.
    return (this.#controller ?? this.#arm()).signal;
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
    if (!this.#controller && !over && !this.#signals.some((signal) => signal?.aborted)) return;
    const { signal } = this;
    if (over && !this.#closed) this.#expire();
    signal.throwIfAborted();
  }

  /** Calls back when the signal fires, unless the returned function was called before. */
  onAbort(listener: () => void): () => void {
    this.#listeners ??= new Set();
    const listeners = this.#listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Stops the timer and lets go of the caller's signals. */
  close(): void {
    this.#closed = true;
    this.#stopTimer?.();
    const follow = this.#follow;
    if (follow) for (const signal of this.#signals) signal?.removeEventListener('abort', follow);
  }

  #arm(): AbortController {
    this.#controller = new AbortController();
    (this.#controller.signal as { [DEADLINE]?: Deadline })[DEADLINE] = this;
    const fired = this.#signals.find((signal) => signal?.aborted);
    if (fired) this.#abort(fired.reason);
    else if (!this.#closed) this.#start();
    return this.#controller;
  }

  #start(): void {
    const remainingMs = this.remainingMs();
    // A timer of no length would let one more request out before it fires.
    if (remainingMs === 0) {
      this.#expire();
      return;
    }
    this.#stopTimer = this.#clock.schedule(() => this.#expire(), remainingMs);
    for (const signal of this.#signals) {
      if (!signal) continue;
      this.#follow ??= ({ target }) => this.#abort((target as AbortSignal).reason);
      allowManyCalls(signal);
      signal.addEventListener('abort', this.#follow, { once: true });
    }
  }

  #expire(): void {
    this.#abort(new DeadlineExceededError(this.timeoutMs));
  }

  #abort(reason: unknown): void {
    this.#controller?.abort(reason);
    for (const listener of this.#listeners ?? []) listener();
    this.#listeners?.clear();
  }
}

/** Calls back as soon as the signal fires, which may be at once, unless the returned function was called before. */
export function whenAborted(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  // An event costs several times what a deadline's own list does.
  const deadline = Deadline.of(signal);
  if (deadline) return deadline.onAbort(callback);
  signal.addEventListener('abort', callback, { once: true });
  return () => signal.removeEventListener('abort', callback);
}

/** Node's limit of 10 is meant for emitters, and each call lets go of the signal when it settles. */
function allowManyCalls(signal: AbortSignal): void {
  if (getMaxListeners(signal) === defaultMaxListeners) setMaxListeners(MAX_CALLS_PER_SIGNAL, signal);
}
