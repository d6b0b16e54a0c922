import { type Clock, systemClock, withTelemetry } from '@drydock/resilience';
import { toStorageError } from '../errors/errors.js';
import type { Fault } from '../errors/fault.js';
import { FaultError } from '../errors/fault-error.js';
import type { Operation } from '../errors/operation.js';
import { checkDuration, checkSignal } from '../records/validate.js';
import { MetricsRecorder } from '../telemetry/metrics-recorder.js';
import type { StorageTarget } from '../telemetry/target.js';
import type { CallEnd } from '../telemetry/telemetry.js';
import { Call, interruption } from './call.js';
import { checkCallOptions } from './check-options.js';
import { DEFAULT_DEADLINES } from './default-deadlines.js';
import type { AdapterOptions, CallOptions } from './options.js';

const UNSENT = { roundTrips: 0, retries: 0 };

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
  /** Called once the options are valid: counts the call as in flight, or throws; the returned function ends that. */
  readonly enter?: () => () => void;
  /** Whether the call runs even when the caller's signal has fired before; default false. */
  readonly evenIfAborted?: boolean;
  /** Fires when the adapter itself ends the call. */
  readonly signal?: () => AbortSignal;
}

/** Puts a deadline, metrics and the error family around every call of an adapter. */
export class Runner {
  readonly metrics: MetricsRecorder;
  readonly #backend: string;
  readonly #target: StorageTarget;
  readonly #options: AdapterOptions;
  readonly #fault: (error: unknown, sent: boolean) => Fault;
  readonly #internals: Internals;
  readonly #clock: Clock;

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
    this.#fault = (error, sent) => backend.fault(error, sent);
    this.#internals = internals;
    this.#clock = internals.clock ?? systemClock;
    this.metrics = new MetricsRecorder(backend.name);
  }

  /** Runs the body, synchronously up to its first `await`, so that it reads the caller's input before the caller can change it. */
  async run<T>(spec: CallSpec, body: (call: Call) => Promise<T>): Promise<T> {
    const { telemetry } = this.#options;
    if (!telemetry) return this.#run(spec, body, () => {});
    const { operation, items = 0 } = spec;
    const start = { target: this.#target, operation, items };
    return withTelemetry<T, CallEnd>(
      (run) => telemetry.call(start, run),
      (onEnd) => this.#run(spec, body, onEnd),
    );
  }

  /** A call with this adapter's policy and counters. */
  call(operation: Operation, timeoutMs: number, signals: readonly (AbortSignal | undefined)[]): Call {
    const { retry: policy = {} } = this.#options;
    const counter = this.metrics.of(operation);
    return new Call({ timeoutMs, signals, policy, counter, fault: this.#fault, ...this.#internals });
  }

  /** The call's deadline in milliseconds. */
  timeoutMs(options: CallOptions | undefined): number {
    const { timeoutMs: own = DEFAULT_DEADLINES.timeoutMs } = this.#options;
    const { timeoutMs = own } = options ?? {};
    return checkDuration('timeoutMs', timeoutMs);
  }

  async #run<T>(spec: CallSpec, body: (call: Call) => Promise<T>, onEnd: (end: CallEnd) => void): Promise<T> {
    const counter = this.metrics.of(spec.operation);
    const started = this.#clock.now();
    let call: Call | undefined;
    let leave: (() => void) | undefined;
    counter.calls += 1;
    counter.items += spec.items ?? 0;
    try {
      checkCallOptions(spec.operation, spec.options);
      const timeoutMs = this.timeoutMs(spec.options);
      checkSignal(spec.options?.signal);
      leave = spec.enter?.();
      call = this.call(spec.operation, timeoutMs, [spec.options?.signal, spec.signal?.()]);
      if (call.deadline.signal.aborted && !spec.evenIfAborted)
        throw new FaultError(interruption(call.deadline, false));
      const result = await body(call);
      counter.success(this.#clock.now() - started);
      onEnd(call.spent);
      return result;
    } catch (error) {
      const { fault, failures, records, attempts = call?.attempts ?? 0 } = this.#faultErrorOf(error, call);
      counter.failure(this.#clock.now() - started, fault.kind);
      const ids = failures?.map((failure) => failure.id) ?? spec.ids ?? [];
      const context = { backend: this.#backend, operation: spec.operation, ids, attempts };
      const batch = { ...(failures && { failures }), ...(records && { records }) };
      const storageError = toStorageError(fault, { ...context, ...batch });
      const { status } = fault;
      onEnd({ ...(call?.spent ?? UNSENT), error: storageError, ...(status !== undefined && { status }) });
      throw storageError;
    } finally {
      call?.deadline.close();
      leave?.();
    }
  }

  #faultErrorOf(error: unknown, call: Call | undefined): FaultError {
    if (error instanceof FaultError) return error;
    if (call?.deadline.signal.aborted) return new FaultError(interruption(call.deadline, false));
    return new FaultError(this.#fault(error, call !== undefined && call.spent.roundTrips > 0));
  }
}
