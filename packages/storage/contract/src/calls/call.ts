import { type Clock, Deadline, type RetryPolicy } from '@drydock/resilience';
import type { Fault } from '../errors/fault.js';
import type { OperationCounter } from '../telemetry/metrics-recorder.js';
import { Request, type RequestOptions } from './request.js';

/** What an adapter gives to all of its calls. */
export interface CallContext {
  readonly policy: RetryPolicy;
  /** Translates a driver's error. */
  readonly fault: (error: unknown, sent: boolean) => Fault;
  readonly clock: Clock;
  readonly random?: (() => number) | undefined;
}

/** What differs from one call to the next. */
export interface CallLimits {
  readonly counter: OperationCounter;
  readonly timeoutMs: number;
  readonly signals?: readonly (AbortSignal | undefined)[] | undefined;
}

/** One call of the adapter's user: a deadline, and the requests made within it. */
export class Call {
  readonly deadline: Deadline;
  readonly context: CallContext;
  readonly counter: OperationCounter;
  /** Attempts at the latest request. */
  attempts = 0;
  /** Round trips of all requests of the call. */
  roundTrips = 0;
  /** Retries of all requests of the call. */
  retries = 0;

  constructor(context: CallContext, { counter, timeoutMs, signals }: CallLimits) {
    this.context = context;
    this.counter = counter;
    this.deadline = new Deadline({ timeoutMs, signals, clock: context.clock });
  }

  /** Runs one request with retries; rejects with a `FaultError` and nothing else. */
  request<T>(send: (attempt: Request) => Promise<T>, options: RequestOptions): Promise<T> {
    return new Request(this, options).run(send);
  }
}
