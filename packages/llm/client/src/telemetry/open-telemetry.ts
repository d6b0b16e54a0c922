import type * as Api from '@opentelemetry/api';
import { attributesOf, attributesOfEnd, contentOf, contentOfEnd } from './attributes.js';
import type { AttemptEnd, AttemptStart, Telemetry } from './telemetry.js';

const SCOPE = '@drydock/llm';

/** Options of `openTelemetry`. */
export interface OpenTelemetryOptions {
  /** The API in use. @default `@opentelemetry/api`, loaded at the first request */
  readonly api?: typeof Api | undefined;
  /** Whether to record prompts and answers, which may be confidential. @default false */
  readonly captureContent?: boolean | undefined;
}

/**
 * One client span a request, and the two histograms, by the `gen_ai.*` conventions.
 *
 * Prompts and answers are left out unless `captureContent` is set; of a failure the kind alone is recorded.
 */
export function openTelemetry({ api, captureContent = false }: OpenTelemetryOptions = {}): Telemetry {
  let instruments: Promise<Instruments> | undefined;
  return {
    attempt: async (start, run) => {
      instruments ??= Promise.resolve(api ?? import('@opentelemetry/api')).then(instrumentsOf);
      return spanned(await instruments, start, captureContent, run);
    },
  };
}

interface Instruments {
  readonly api: typeof Api;
  readonly tracer: Api.Tracer;
  readonly duration: Api.Histogram;
  readonly tokens: Api.Histogram;
}

function instrumentsOf(api: typeof Api): Instruments {
  const meter = api.metrics.getMeter(SCOPE);
  return {
    api,
    tracer: api.trace.getTracer(SCOPE),
    duration: meter.createHistogram('gen_ai.client.operation.duration', { unit: 's' }),
    tokens: meter.createHistogram('gen_ai.client.token.usage', { unit: '{token}' }),
  };
}

async function spanned<T>(
  { api, tracer, duration, tokens }: Instruments,
  start: AttemptStart,
  captureContent: boolean,
  run: (onEnd: (end: AttemptEnd) => void) => Promise<T>,
): Promise<T> {
  const attributes = attributesOf(start);
  const content = captureContent && start.request ? contentOf(start.request) : {};
  const span = tracer.startSpan(`${start.operation} ${start.model}`, {
    kind: api.SpanKind.CLIENT,
    attributes: { ...attributes, ...content },
  });
  const began = performance.now();

  const onEnd = (end: AttemptEnd) => {
    const known = attributesOfEnd(end);
    span.setAttributes(captureContent ? { ...known, ...contentOfEnd(end) } : known);
    if ('error' in end) span.setStatus({ code: api.SpanStatusCode.ERROR, message: end.error.kind });
    span.end();
    const shared = { ...pick(attributes, SHARED), ...pick(known, ['gen_ai.response.model', 'error.type']) };
    duration.record((performance.now() - began) / 1_000, shared);
    for (const type of ['input', 'output'] as const) {
      const count = known[`gen_ai.usage.${type}_tokens`];
      if (typeof count === 'number') tokens.record(count, { ...shared, 'gen_ai.token.type': type });
    }
  };
  return api.context.with(api.trace.setSpan(api.context.active(), span), () => run(onEnd));
}

/** Attributes of few values, fit for metrics. */
const SHARED = ['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.request.model'];

function pick(attributes: Api.Attributes, names: readonly string[]): Api.Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
}
