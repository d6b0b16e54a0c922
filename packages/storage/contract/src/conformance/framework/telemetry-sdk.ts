import type { Telemetry } from '../../telemetry/telemetry.js';
import { expect } from './expect.js';
import { NotApplicable } from './not-applicable.js';

/** A span as OpenTelemetry's SDK received it. */
export interface ReceivedSpan {
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly unknown[];
}

/** A duration that was measured. */
export interface ReceivedDuration {
  readonly operation: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly count: number;
}

/** OpenTelemetry's SDK in memory, and what it received. */
export interface TelemetrySdk {
  readonly telemetry: Telemetry;
  spans(): readonly ReceivedSpan[];
  /** Ends the measuring. */
  durations(): Promise<readonly ReceivedDuration[]>;
}

/** Makes an SDK; where it is not installed, the case does not apply. */
export async function telemetrySdk(): Promise<TelemetrySdk> {
  const [{ openTelemetry }, metric, trace] = await load();
  const exporter = new trace.InMemorySpanExporter();
  const spanProcessors = [new trace.SimpleSpanProcessor(exporter)];
  const tracerProvider = new trace.BasicTracerProvider({ spanProcessors });
  const metricExporter = new metric.InMemoryMetricExporter(metric.AggregationTemporality.CUMULATIVE);
  const reader = new metric.PeriodicExportingMetricReader({ exporter: metricExporter });
  const meterProvider = new metric.MeterProvider({ readers: [reader] });
  return {
    telemetry: openTelemetry({ tracerProvider, meterProvider }),
    spans: () => exporter.getFinishedSpans(),
    async durations() {
      await meterProvider.forceFlush();
      const metrics = metricExporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
      await meterProvider.shutdown();
      return metrics.flatMap(({ descriptor, dataPointType, dataPoints }) => {
        expect(descriptor).toMatchObject({ name: 'db.client.operation.duration', unit: 's' });
        expect(dataPointType, 'durations are a histogram').toBe(metric.DataPointType.HISTOGRAM);
        return dataPoints.map(({ attributes, value }) => ({
          operation: attributes['db.operation.name'],
          attributes,
          count: (value as { count: number }).count,
        }));
      });
    },
  };
}

async function load() {
  try {
    return await Promise.all([
      import('../../telemetry/index.js'),
      import('@opentelemetry/sdk-metrics'),
      import('@opentelemetry/sdk-trace-base'),
    ]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new NotApplicable(
      'install @opentelemetry/api, @opentelemetry/sdk-metrics and @opentelemetry/sdk-trace-base',
    );
  }
}
