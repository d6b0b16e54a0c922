import {
  type Clock,
  type Deadline,
  type RetryAttempt,
  type RetryContext,
  type RetryPolicy,
  retry,
  type Verdict,
} from '@drydock/resilience';
import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import type { OperationCounter } from '../telemetry/metrics-recorder.js';
import type { Attempt } from './attempt.js';
import { interruption } from './interruption.js';

/** What an adapter gives to all of its calls. */
export interface CallContext {
  readonly policy: RetryPolicy;
  /** Translates a driver's error. */
  readonly fault: (error: unknown, sent: boolean) => Fault;
  readonly clock: Clock;
  readonly random?: (() => number) | undefined;
}

/** What a request reads of its call, and counts there. */
export interface CallState {
  readonly deadline: Deadline;
  readonly context: CallContext;
  readonly counter: OperationCounter;
  /** Attempts at the latest request. */
  attempts: number;
  /** Round trips of all requests of the call. */
  roundTrips: number;
  /** Retries of all requests of the call. */
  retries: number;
}

/** How one request of a call may be repeated. */
export interface RequestOptions {
  /** Whether the request can be applied again and give the same answer. */
  readonly idempotent: boolean;
  /** Most attempts at this request; default: the adapter's `retry.maxAttempts`. */
  readonly maxAttempts?: number;
}

/** One request of a call with its retries: it is each of its own attempts, since most have one. */
export class Request implements Attempt, RetryContext {
  readonly idempotent: boolean;
  readonly deadline: Deadline;
  readonly policy: RetryPolicy;
  readonly #call: CallState;
  #sent = false;
  /** Once an attempt may have been applied, no later refusal takes that back. */
  #mayHaveBeenApplied = false;
  #last: { readonly error: unknown; readonly fault: Fault } | undefined;

  constructor(call: CallState, { idempotent, maxAttempts }: RequestOptions) {
    const { policy } = call.context;
    this.idempotent = idempotent;
    this.deadline = call.deadline;
    this.policy = maxAttempts === undefined ? policy : { ...policy, maxAttempts };
    this.#call = call;
    call.attempts = 0;
  }

  run<T>(send: (attempt: Request) => Promise<T>): Promise<T> {
    return retry((attempt) => this.#begin(attempt, send), this).catch((error) => this.#fail(error));
  }

  get clock(): Clock {
    return this.#call.context.clock;
  }

  get random(): (() => number) | undefined {
    return this.#call.context.random;
  }

  get signal(): AbortSignal {
    return this.deadline.signal;
  }

  get aborted(): boolean {
    return this.deadline.aborted;
  }

  get reason(): unknown {
    return this.deadline.reason;
  }

  onAbort(listener: () => void): () => void {
    return this.deadline.onAbort(listener);
  }

  remainingMs(): number {
    return Math.max(1, Math.floor(this.deadline.remainingMs()));
  }

  /** @param counts Whether the adapter counts this round trip: one that several calls share is counted once. */
  sending(counts = true): void {
    this.#sent = true;
    this.#call.roundTrips += 1;
    if (counts) this.#call.counter.roundTrips += 1;
  }

  classify(error: unknown): Verdict {
    const fault = this.#faultOf(error);
    this.#last = { error, fault };
    return { transient: fault.retriable, outcome: fault.outcome };
  }

  #begin<T>({ number }: RetryAttempt, send: (attempt: Request) => Promise<T>): Promise<T> {
    const call = this.#call;
    call.attempts = number;
    call.counter.attempts += 1;
    if (number > 1) {
      call.counter.retries += 1;
      call.retries += 1;
    }
    return send(this);
  }

  #fail(error: unknown): never {
    const last = this.#last;
    const fault = last && last.error === error ? last.fault : this.#faultOf(error);
    const whole: Fault = this.#mayHaveBeenApplied ? { ...fault, outcome: 'unknown' } : fault;
    throw new FaultError(whole, undefined, this.#call.attempts);
  }

  #faultOf(error: unknown): Fault {
    const fault = this.#translate(error);
    this.#sent = false;
    this.#mayHaveBeenApplied ||= fault.outcome === 'unknown';
    return fault;
  }

  #translate(error: unknown): Fault {
    if (this.deadline.aborted) return interruption(this.deadline, this.#sent);
    return error instanceof FaultError ? error.fault : this.#call.context.fault(error, this.#sent);
  }
}
