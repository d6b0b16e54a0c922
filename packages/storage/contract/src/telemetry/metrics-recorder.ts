import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { FaultKind } from '../errors/fault.js';
import type { Operation } from '../errors/operation.js';
import type { LatencySnapshot, MetricsSnapshot, OperationMetrics } from './metrics.js';

const NS_PER_MS = 1e6;

/** Counts the calls of an adapter, by operation. */
export class MetricsRecorder {
  readonly #backend: string;
  readonly #counters = new Map<Operation, OperationCounter>();

  constructor(backend: string) {
    this.#backend = backend;
  }

  /** The counter of one operation. */
  of(operation: Operation): OperationCounter {
    let counter = this.#counters.get(operation);
    if (!counter) {
      counter = new OperationCounter();
      this.#counters.set(operation, counter);
    }
    return counter;
  }

  snapshot(): MetricsSnapshot {
    const operations = Object.fromEntries(
      [...this.#counters].map(([operation, counter]) => [operation, counter.snapshot()]),
    );
    return { backend: this.#backend, operations };
  }
}

/** Counts the calls of one operation. */
export class OperationCounter {
  calls = 0;
  succeeded = 0;
  attempts = 0;
  retries = 0;
  roundTrips = 0;
  items = 0;
  readonly #failures = new Map<FaultKind, number>();
  readonly #latency: RecordableHistogram = createHistogram();

  success(durationMs: number): void {
    this.succeeded += 1;
    this.#record(durationMs);
  }

  failure(durationMs: number, kind: FaultKind): void {
    this.#failures.set(kind, (this.#failures.get(kind) ?? 0) + 1);
    this.#record(durationMs);
  }

  snapshot(): OperationMetrics {
    const { calls, succeeded, attempts, retries, roundTrips, items } = this;
    const failed = [...this.#failures.values()].reduce((sum, count) => sum + count, 0);
    const failures = Object.fromEntries(this.#failures);
    const latency = this.#snapshotLatency();
    return { calls, succeeded, failed, attempts, retries, roundTrips, items, failures, latency };
  }

  #record(durationMs: number): void {
    this.#latency.record(Math.max(1, Math.round(durationMs * NS_PER_MS)));
  }

  #snapshotLatency(): LatencySnapshot {
    const histogram = this.#latency;
    if (histogram.count === 0) return { count: 0, min: 0, mean: 0, p50: 0, p95: 0, p99: 0, max: 0 };
    return {
      count: histogram.count,
      min: histogram.min / NS_PER_MS,
      mean: histogram.mean / NS_PER_MS,
      p50: histogram.percentile(50) / NS_PER_MS,
      p95: histogram.percentile(95) / NS_PER_MS,
      p99: histogram.percentile(99) / NS_PER_MS,
      max: histogram.max / NS_PER_MS,
    };
  }
}
