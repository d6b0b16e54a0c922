import { Deadline } from '@drydock/resilience';
import type { OperationCounter } from '../telemetry/metrics-recorder.js';
import { type CallContext, type CallState, Request, type RequestOptions } from './request.js';

/** What differs from one call to the next. */
export interface CallLimits {
  readonly counter: OperationCounter;
  readonly timeoutMs: number;
  readonly signals?: readonly (AbortSignal | undefined)[] | undefined;
}

/** One call of the adapter's user: a deadline, and the requests made within it. */
export class Call implements CallState {
  readonly deadline: Deadline;
  readonly context: CallContext;
  readonly counter: OperationCounter;
  attempts = 0;
  roundTrips = 0;
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
