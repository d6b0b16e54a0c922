import { invalid } from '../errors/fault-error.js';
import type { Operation } from '../errors/operation.js';
import { type AnyShape, type Shape, shapeFlaw } from '../records/shape.js';
import type { AdapterOptions, CallOptions, RetryOptions, StoreOptions, WriteOptions } from './options.js';

const CALL: Shape<CallOptions> = { signal: 'any', timeoutMs: 'any' };
const STORE: Shape<StoreOptions> = { ...CALL, ttlMs: 'any' };
const WRITE: Shape<WriteOptions> = { ...STORE, ifAbsent: 'boolean', ifVersion: 'string' };
const RETRY: Shape<RetryOptions> = { maxAttempts: 'number', baseDelayMs: 'number', maxDelayMs: 'number' };
const SHAPES: Readonly<Partial<Record<Operation, AnyShape>>> = {
  store: WRITE,
  storeBatch: STORE,
  update: STORE,
};
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Every option that all adapters have. */
export const ADAPTER_OPTIONS: Shape<AdapterOptions> = {
  timeoutMs: 'number',
  retry: 'object',
  ttlMs: 'number',
  coalesce: 'boolean',
  telemetry: 'object',
};

/** The part of a configuration that every adapter has. */
export function adapterOptions({
  timeoutMs,
  retry,
  ttlMs,
  coalesce,
  telemetry,
}: AdapterOptions): AdapterOptions {
  return { timeoutMs, retry, ttlMs, coalesce, telemetry };
}

/** Refuses options of a call that would be ignored, such as `{ ttl: 1000 }`. */
export function checkCallOptions(operation: Operation, options: unknown): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null) {
    throw invalid('data', 'INVALID_OPTION', 'the options of a call must be an object');
  }
  const flaw = shapeFlaw(options, SHAPES[operation] ?? CALL);
  if (flaw !== undefined) throw invalid('data', 'INVALID_OPTION', flaw);
}

/** Refuses options of an adapter that would be ignored or cannot work, with a `TypeError` that names backend and option. */
export function checkAdapterOptions(backend: string, options: AdapterOptions): void {
  const flaw =
    shapeFlaw(options, ADAPTER_OPTIONS) ??
    (options.retry && shapeFlaw(options.retry, RETRY, 'retry.')) ??
    durationFlaw('timeoutMs', options.timeoutMs, LONGEST_TIMER_MS) ??
    durationFlaw('ttlMs', options.ttlMs, Number.MAX_SAFE_INTEGER) ??
    retryFlaw(options.retry) ??
    telemetryFlaw(options.telemetry);
  if (flaw !== undefined) throw new TypeError(`${backend}: ${flaw}`);
}

function retryFlaw({ maxAttempts, baseDelayMs, maxDelayMs }: RetryOptions = {}): string | undefined {
  const whole = Number.isInteger(maxAttempts) || maxAttempts === Number.POSITIVE_INFINITY;
  if (maxAttempts !== undefined && !(whole && maxAttempts >= 1))
    return '`retry.maxAttempts` must be an integer above 0, or Infinity';
  return delayFlaw('retry.baseDelayMs', baseDelayMs) ?? delayFlaw('retry.maxDelayMs', maxDelayMs);
}

function delayFlaw(name: string, value: number | undefined): string | undefined {
  if (value === undefined || (value >= 0 && value <= LONGEST_TIMER_MS)) return undefined;
  return `\`${name}\` must be a number of milliseconds from 0 to ${LONGEST_TIMER_MS}`;
}

function durationFlaw(name: string, value: number | undefined, most: number): string | undefined {
  if (value === undefined || (value > 0 && value <= most)) return undefined;
  return `\`${name}\` must be a number of milliseconds above 0 and up to ${most}`;
}

function telemetryFlaw(telemetry: AdapterOptions['telemetry']): string | undefined {
  if (telemetry === undefined || typeof telemetry.call === 'function') return undefined;
  return '`telemetry` must be an object with a function `call`, such as what `openTelemetry()` returns';
}
