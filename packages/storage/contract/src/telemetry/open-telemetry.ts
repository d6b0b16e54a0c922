import {
  context,
  type MeterProvider,
  metrics,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { attributesOf, attributesOfEnd, attributesOfFailure, nameOf } from './attributes.js';
import type { CallEnd, Telemetry } from './telemetry.js';

const SCOPE = '@drydock/storage';
/** Upper bounds in seconds, as the conventions advise. */
const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** Where spans and durations go. */
export interface OpenTelemetryOptions {
  /** Receives the spans; default: the one registered with `@opentelemetry/api`. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Receives the durations; default: the one registered with `@opentelemetry/api`. */
  readonly meterProvider?: MeterProvider | undefined;
}

/** Makes one client span for each call, retries and chunks included, and records `db.client.operation.duration`, by the `db.*` conventions. */
export function openTelemetry({ tracerProvider, meterProvider }: OpenTelemetryOptions = {}): Telemetry {
  const tracer = (tracerProvider ?? trace).getTracer(SCOPE);
  const duration = (meterProvider ?? metrics)
    .getMeter(SCOPE)
    .createHistogram('db.client.operation.duration', {
      description: 'Duration of database client operations.',
      unit: 's',
      advice: { explicitBucketBoundaries: BUCKETS },
    });
  return {
    call(start, run) {
      const attributes = attributesOf(start);
      const span = tracer.startSpan(nameOf(start, attributes), { kind: SpanKind.CLIENT, attributes });
      const began = performance.now();

      const onEnd = (end: CallEnd) => {
        const { error } = end;
        span.setAttributes(attributesOfEnd(end));
        if (error) span.setStatus({ code: SpanStatusCode.ERROR, message: error.kind });
        span.end();
        const { 'db.operation.batch.size': _, ...shared } = attributes;
        const seconds = (performance.now() - began) / 1_000;
        duration.record(seconds, { ...shared, ...attributesOfFailure(end) });
      };
      return context.with(trace.setSpan(context.active(), span), () => run(onEnd));
    },
  };
}
