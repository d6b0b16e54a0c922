import { type Clock, Deadline, type RetryPolicy, retry } from '@drydock/resilience';
import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import type { OperationCounter } from '../telemetry/metrics-recorder.js';
import type { Attempt } from './attempt.js';

/** What an adapter gives to each of its calls. */
export interface CallContext {
  readonly timeoutMs: number;
  readonly signals: readonly (AbortSignal | undefined)[];
  readonly policy: RetryPolicy;
  readonly counter: OperationCounter;
  /** Translates a driver's error. */
  readonly fault: (error: unknown, sent: boolean) => Fault;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** How one request of a call may be repeated. */
export interface RequestOptions {
  /** Whether the request can be applied again and give the same answer. */
  readonly idempotent: boolean;
  /** Most attempts at this request; default: the adapter's `retry.maxAttempts`. */
  readonly maxAttempts?: number;
}

/** One call of the adapter's user: a deadline, and the requests made within it. */
export class Call {
  readonly deadline: Deadline;
  readonly #context: CallContext;
  /** Attempts at the latest request. */
  attempts = 0;
  /** Round trips and retries of all requests of the call. */
  readonly spent = { roundTrips: 0, retries: 0 };

  constructor(context: CallContext) {
    this.#context = context;
    const { timeoutMs, signals, clock } = context;
    this.deadline = new Deadline({ timeoutMs, signals, ...(clock && { clock }) });
  }

  /** Runs one request with retries; rejects with a `FaultError` and nothing else. */
  async request<T>(send: (attempt: Attempt) => Promise<T>, options: RequestOptions): Promise<T> {
    const { counter, clock, random } = this.#context;
    const policy = {
      ...this.#context.policy,
      ...(options.maxAttempts && { maxAttempts: options.maxAttempts }),
    };
    let sent = false;
    // Once an attempt may have been applied, no later refusal takes that back.
    let mayHaveBeenApplied = false;
    this.attempts = 0;

    const faultOf = (error: unknown): Fault => {
      const fault = this.#fault(error, sent);
      sent = false;
      mayHaveBeenApplied ||= fault.outcome === 'unknown';
      return fault;
    };

    const attempt: Attempt = {
      signal: this.deadline.signal,
      remainingMs: () => Math.max(1, Math.floor(this.deadline.remainingMs())),
      sending: () => {
        sent = true;
        counter.roundTrips += 1;
        this.spent.roundTrips += 1;
      },
    };

    let last: { error: unknown; fault: Fault } | undefined;
    try {
      return await retry(
        ({ number }) => {
          this.attempts = number;
          counter.attempts += 1;
          const retries = number > 1 ? 1 : 0;
          counter.retries += retries;
          this.spent.retries += retries;
          return send(attempt);
        },
        {
          policy,
          deadline: this.deadline,
          idempotent: options.idempotent,
          classify: (error) => {
            last = { error, fault: faultOf(error) };
            return { transient: last.fault.retriable, outcome: last.fault.outcome };
          },
          ...(clock && { clock }),
          ...(random && { random }),
        },
      );
    } catch (error) {
      const fault = last && last.error === error ? last.fault : faultOf(error);
      throw new FaultError(
        mayHaveBeenApplied ? { ...fault, outcome: 'unknown' } : fault,
        undefined,
        this.attempts,
      );
    }
  }

  #fault(error: unknown, sent: boolean): Fault {
    const { signal } = this.deadline;
    if (signal.aborted) return interruption(this.deadline, sent);
    return error instanceof FaultError ? error.fault : this.#context.fault(error, sent);
  }
}

/** The fault of a call that its deadline or its signal ended. */
export function interruption(deadline: Deadline, sent: boolean): Fault {
  const outcome = sent ? 'unknown' : 'not_sent';
  if (deadline.exceeded) {
    const detail = `no result within ${deadline.timeoutMs} ms; raise timeoutMs or look at the server's load`;
    return { kind: 'timeout', retriable: true, outcome, code: 'DEADLINE', detail };
  }
  const { reason } = deadline.signal;
  if (reason instanceof FaultError) return { ...reason.fault, outcome };
  return { kind: 'aborted', retriable: false, outcome, code: 'ABORTED', detail: "the caller's signal fired" };
}
