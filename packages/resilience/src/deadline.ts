import { defaultMaxListeners, getMaxListeners, setMaxListeners } from 'node:events';
import { type Clock, systemClock } from './clock.js';
import { DeadlineTimer, type Expiring } from './deadline-timer.js';
import type { Endable } from './endable.js';

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
export class Deadline implements Endable, Expiring {
  readonly timeoutMs: number;
  /** When its time is over, in milliseconds by its clock. */
  readonly end: number;
  readonly #clock: Clock;
  readonly #signals: readonly (AbortSignal | undefined)[];
  #controller: AbortController | undefined;
  /** Most deadlines have one listener, which needs no set. */
  #listener: (() => void) | undefined;
  #listeners: Set<() => void> | undefined;
  /** Let go of the given signals. */
  #leave: (() => void)[] | undefined;
  #armed = false;
  #closed = false;
  #aborted = false;
  #reason: unknown;

  constructor({ timeoutMs, signals = NONE, clock = systemClock }: DeadlineOptions) {
    this.timeoutMs = timeoutMs;
    this.end = clock.now() + timeoutMs;
    this.#clock = clock;
    this.#signals = signals;
  }

  /** The deadline whose signal this is, if it is one's and not closed: a closed one ends nothing any more. */
  static of(signal: AbortSignal): Deadline | undefined {
    const deadline = (signal as { [DEADLINE]?: Deadline })[DEADLINE];
    return deadline && !deadline.#closed ? deadline : undefined;
  }

  /** Fires with a `DeadlineExceededError`, or with the reason of the signal that fired first. */
  get signal(): AbortSignal {
    // A signal costs more than all else here, and whoever can do without one uses `onAbort`.
    if (this.#controller) return this.#controller.signal;
    const { aborted } = this;
    this.#controller = new AbortController();
    (this.#controller.signal as { [DEADLINE]?: Deadline })[DEADLINE] = this;
    if (aborted) this.#controller.abort(this.#reason);
    else this.#arm();
    return this.#controller.signal;
  }

  /** Whether its time is over, or a given signal has fired. */
  get aborted(): boolean {
    if (!this.#armed) this.#look();
    return this.#aborted;
  }

  get reason(): unknown {
    return this.aborted ? this.#reason : undefined;
  }

  /** Milliseconds left, never negative. */
  remainingMs(): number {
    return Math.max(0, this.end - this.#clock.now());
  }

  /** Whether it was time that ran out, not a caller who gave up. */
  get exceeded(): boolean {
    return this.reason instanceof DeadlineExceededError;
  }

  /** Throws the signal's reason if it has fired, or if the time is over and its timer merely late. */
  throwIfOver(): void {
    this.#look();
    if (this.#aborted) throw this.#reason;
  }

  onAbort(listener: () => void): () => void {
    if (this.aborted) {
      listener();
      return () => {};
    }
    this.#arm();
    this.#add(listener);
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
      else this.#listeners?.delete(listener);
    };
  }

  /** Ends it now, with a reason of the caller's. */
  abort(reason: unknown): void {
    if (!this.#closed) this.#end(reason);
  }

  /** Ends it because its time is over. */
  expire(): void {
    this.abort(new DeadlineExceededError(this.timeoutMs));
  }

  /** Stops the timer and lets go of the caller's signals. */
  close(): void {
    this.#closed = true;
    if (this.#armed) this.#release();
  }

  #add(listener: () => void): void {
    if (!this.#listener) this.#listener = listener;
    else if (this.#listeners) this.#listeners.add(listener);
    else this.#listeners = new Set([listener]);
  }

  /** Ends it if that is due; a timer may be late, and there is none before somebody listens. */
  #look(): void {
    if (this.#aborted) return;
    const fired = this.#signals.find((signal) => signal?.aborted);
    if (fired) this.#end(fired.reason);
    else if (!this.#closed && this.remainingMs() === 0) this.expire();
  }

  #end(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    if (this.#armed) this.#release();
    this.#controller?.abort(reason);
    this.#listener?.();
    for (const listener of this.#listeners ?? []) listener();
    this.#listener = undefined;
    this.#listeners = undefined;
  }

  #arm(): void {
    if (this.#armed || this.#closed) return;
    this.#armed = true;
    DeadlineTimer.of(this.#clock).add(this);
    for (const signal of this.#signals) {
      if (!signal) continue;
      const leave = whenAborted(signal, () => this.abort(signal.reason));
      if (this.#leave) this.#leave.push(leave);
      else this.#leave = [leave];
    }
  }

  #release(): void {
    DeadlineTimer.of(this.#clock).delete(this);
    for (const leave of this.#leave ?? []) leave();
  }
}

/** Calls back as soon as it is ended, which may be at once, unless the returned function was called before. */
export function whenAborted(until: AbortSignal | Endable, callback: () => void): () => void {
  if (!(until instanceof AbortSignal)) return until.onAbort(callback);
  if (until.aborted) {
    callback();
    return () => {};
  }
  // An event costs several times what a deadline's own list does.
  const deadline = Deadline.of(until);
  if (deadline) return deadline.onAbort(callback);
  allowManyCalls(until);
  until.addEventListener('abort', callback, { once: true });
  return () => until.removeEventListener('abort', callback);
}

/** Node's limit of 10 is meant for emitters, and each call lets go of the signal when it settles. */
function allowManyCalls(signal: AbortSignal): void {
  if (getMaxListeners(signal) === defaultMaxListeners) setMaxListeners(MAX_CALLS_PER_SIGNAL, signal);
}
