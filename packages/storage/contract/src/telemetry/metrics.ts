import type { FaultKind } from '../errors/fault.js';
import type { Operation } from '../errors/operation.js';

/** Distribution of whole-call latencies, in milliseconds. */
export interface LatencySnapshot {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Counters of one operation: `calls` is `succeeded + failed` plus the calls still in flight. */
export interface OperationMetrics {
  /** Calls made. */
  readonly calls: number;
  /** Calls that resolved. */
  readonly succeeded: number;
  /** Calls that rejected; the sum of `failures`. */
  readonly failed: number;
  /** Attempts made; a chunk of a batch is one attempt at least. */
  readonly attempts: number;
  /** Attempts made because an earlier one failed. */
  readonly retries: number;
  /** Requests that went to the server and were waited for. */
  readonly roundTrips: number;
  /** Records or ids given by the caller. */
  readonly items: number;
  /** Failed calls by kind of fault. */
  readonly failures: Readonly<Partial<Record<FaultKind, number>>>;
  /** Whole-call latency. */
  readonly latency: LatencySnapshot;
}

/** What an adapter did since it was made; holds neither texts of errors nor values. */
export interface MetricsSnapshot {
  readonly backend: string;
  /** Operations that were called at least once. */
  readonly operations: Readonly<Partial<Record<Operation, OperationMetrics>>>;
}
