import { type Clock, systemClock, withTelemetry } from '@drydock/resilience';
import { toStorageError } from '../errors/errors.js';
import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import type { Operation } from '../errors/operation.js';
import type { StorageError } from '../errors/storage-error.js';
import { checkDuration, checkSignal } from '../records/validate.js';
import { MetricsRecorder } from '../telemetry/metrics-recorder.js';
import type { StorageTarget } from '../telemetry/target.js';
import type { CallEnd } from '../telemetry/telemetry.js';
import { Call } from './call.js';
import { checkCallOptions } from './check-options.js';
import { DEFAULT_DEADLINES } from './default-deadlines.js';
import { interruption } from './interruption.js';
import type { Lifecycle } from './lifecycle.js';
import type { AdapterOptions, CallOptions } from './options.js';
import type { CallContext } from './request.js';

/** The clock and the randomness of an adapter, which tests replace. */
export interface Internals {
  /** Default: the process' monotonic clock. */
  readonly clock?: Clock;
  /** Source of jitter in [0, 1); default `Math.random`. */
  readonly random?: () => number;
}

/** Which call is made, and with what. */
export interface CallSpec {
  readonly operation: Operation;
  readonly options: CallOptions | undefined;
  /** Ids that the caller gave. */
  ids?: readonly string[];
  /** How many records or ids were given; default 0. */
  readonly items?: number;
  /** Counts the call as in flight once its options are valid, or throws, and may end it; absent for calls that open and close. */
  readonly session?: Lifecycle;
  /** Whether the call runs even when the caller's signal has fired before; default false. */
  readonly evenIfAborted?: boolean;
}

interface FailedCall {
  readonly spec: CallSpec;
  /** Absent where the call was refused before it began. */
  readonly call: Call | undefined;
  readonly tookMs: number;
  readonly onEnd: ((end: CallEnd) => void) | undefined;
}

/** Puts a deadline, metrics and the error family around every call of an adapter. */
export class Runner {
  readonly metrics: MetricsRecorder;
  readonly #backend: string;
  readonly #target: StorageTarget;
  readonly #options: AdapterOptions;
  readonly #context: CallContext;

  constructor(
    backend: {
      readonly name: string;
      readonly target?: StorageTarget;
      fault(error: unknown, sent: boolean): Fault;
    },
    options: AdapterOptions,
    internals: Internals,
  ) {
    this.#backend = backend.name;
    this.#target = backend.target ?? { system: backend.name };
    this.#options = options;
    this.#context = {
      policy: options.retry ?? {},
      fault: (error, sent) => backend.fault(error, sent),
      clock: internals.clock ?? systemClock,
      random: internals.random,
    };
    this.metrics = new MetricsRecorder(backend.name);
  }

  /** Runs the body, synchronously up to its first `await`, so that it reads the caller's input before the caller can change it. */
  run<T>(spec: CallSpec, body: (call: Call) => Promise<T>): Promise<T> {
    const { telemetry } = this.#options;
    if (!telemetry) return this.#run(spec, body);
    const { operation, items = 0 } = spec;
    const start = { target: this.#target, operation, items };
    return withTelemetry<T, CallEnd>(
      (run) => telemetry.call(start, run),
      (onEnd) => this.#run(spec, body, onEnd),
    );
  }

  /** A call with this adapter's policy and counters. */
  call(operation: Operation, timeoutMs: number, signals?: readonly (AbortSignal | undefined)[]): Call {
    return new Call(this.#context, { counter: this.metrics.of(operation), timeoutMs, signals });
  }

  /** The call's deadline in milliseconds. */
  timeoutMs(options: CallOptions | undefined): number {
    const { timeoutMs: own = DEFAULT_DEADLINES.timeoutMs } = this.#options;
    const { timeoutMs = own } = options ?? {};
    return checkDuration('timeoutMs', timeoutMs);
  }

  async #run<T>(
    spec: CallSpec,
    body: (call: Call) => Promise<T>,
    onEnd?: (end: CallEnd) => void,
  ): Promise<T> {
    const { operation, options, session } = spec;
    const counter = this.metrics.of(operation);
    const started = this.#context.clock.now();
    let call: Call | undefined;
    counter.calls += 1;
    counter.items += spec.items ?? 0;
    try {
      checkCallOptions(operation, options);
      const timeoutMs = this.timeoutMs(options);
      checkSignal(options?.signal);
      call = this.call(operation, timeoutMs, options?.signal && [options.signal]);
      session?.enter(call.deadline);
      if (!spec.evenIfAborted && call.deadline.aborted)
        throw new FaultError(interruption(call.deadline, false));
      const result = await body(call);
      counter.success(this.#context.clock.now() - started);
      onEnd?.({ roundTrips: call.roundTrips, retries: call.retries });
      return result;
    } catch (error) {
      throw this.#fail(error, { spec, call, tookMs: this.#context.clock.now() - started, onEnd });
    } finally {
      if (call) {
        call.deadline.close();
        session?.leave(call.deadline);
      }
    }
  }

  #fail(error: unknown, { spec, call, tookMs, onEnd }: FailedCall): StorageError {
    const { operation } = spec;
    const { fault, failures, records, attempts = call?.attempts ?? 0 } = this.#faultErrorOf(error, call);
    this.metrics.of(operation).failure(tookMs, fault.kind);
    const ids = failures?.map((failure) => failure.id) ?? spec.ids ?? [];
    const context = { backend: this.#backend, operation, ids, attempts };
    const batch = { ...(failures && { failures }), ...(records && { records }) };
    const storageError = toStorageError(fault, { ...context, ...batch });
    const { roundTrips = 0, retries = 0 } = call ?? {};
    const { status } = fault;
    onEnd?.({ roundTrips, retries, error: storageError, ...(status !== undefined && { status }) });
    return storageError;
  }

  #faultErrorOf(error: unknown, call: Call | undefined): FaultError {
    if (error instanceof FaultError) return error;
    if (call?.deadline.aborted) return new FaultError(interruption(call.deadline, false));
    return new FaultError(this.#context.fault(error, call !== undefined && call.roundTrips > 0));
  }
}
