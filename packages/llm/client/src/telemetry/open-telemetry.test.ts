import { VirtualClock } from '@drydock/resilience/testing';
import * as api from '@opentelemetry/api';
import { beforeEach, expect, test } from 'vitest';
import { ScriptedProvider, type Step } from '../client/cases/scripted-provider.fixture.js';
import { Engine } from '../client/engine.js';
import { openTelemetry } from './open-telemetry.js';

interface AttemptResult {
  readonly name: string;
  readonly kind: api.SpanKind | undefined;
  readonly attributes: api.Attributes;
  status?: api.SpanStatus;
  ended: number;
}

let spans: AttemptResult[];
let values: { readonly metric: string; readonly value: number; readonly attributes: api.Attributes }[];
beforeEach(() => {
  spans = [];
  values = [];
});

/** The API as an SDK would stand behind it, as far as it is used here. */
const recording = (): typeof api => {
  const tracer = {
    startSpan(name: string, { kind, attributes }: api.SpanOptions = {}) {
      const told: AttemptResult = { name, kind, attributes: { ...attributes }, ended: 0 };
      spans.push(told);
      return {
        setAttributes: (more: api.Attributes) => Object.assign(told.attributes, more),
        setStatus: (status: api.SpanStatus) => {
          told.status = status;
        },
        end: () => {
          told.ended += 1;
        },
        spanContext: () => ({ traceId: '1', spanId: '1', traceFlags: 1 }),
      };
    },
  };
  const meter = {
    createHistogram: (metric: string) => ({
      record: (value: number, attributes: api.Attributes) => values.push({ metric, value, attributes }),
    }),
  };
  return {
    ...api,
    trace: { ...api.trace, getTracer: () => tracer, setSpan: api.trace.setSpan },
    metrics: { getMeter: () => meter },
  } as unknown as typeof api;
};

const request = {
  system: 'canary-system',
  messages: [{ role: 'user', content: 'canary-prompt' }],
  maxOutputTokens: 10,
} as const;

async function ask(options: { captureContent?: boolean }, ...steps: Step[]) {
  const clock = new VirtualClock();
  const provider = new ScriptedProvider('gemini', steps, clock);
  const gemini = Object.assign(provider, { telemetryName: 'gcp.gemini' });
  const telemetry = openTelemetry({ api: recording(), ...options });
  const engine = new Engine({ providers: [gemini], clock, telemetry });
  await clock.run(engine.generate(request)).catch(() => {});
}

test('one client span a request, named and attributed by the conventions', async () => {
  await ask({}, { error: 'unavailable', tokens: 2 });
  expect(spans).toMatchObject([
    {
      name: 'chat gemini-model',
      kind: api.SpanKind.CLIENT,
      ended: 1,
      status: { code: api.SpanStatusCode.ERROR, message: 'unavailable' },
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'gcp.gemini',
        'gen_ai.request.model': 'gemini-model',
        'gen_ai.request.max_tokens': 10,
        'error.type': 'unavailable',
        'drydock.llm.attempt': 1,
      },
    },
    {
      ended: 1,
      attributes: {
        'gen_ai.response.model': 'gemini-model',
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 3,
        'gen_ai.usage.output_tokens': 3,
        'drydock.llm.attempt': 2,
      },
    },
  ]);
});

test('durations and tokens are measured', async () => {
  await ask({});
  expect(values.map(({ metric, attributes }) => [metric, attributes['gen_ai.token.type']])).toEqual([
    ['gen_ai.client.operation.duration', undefined],
    ['gen_ai.client.token.usage', 'input'],
    ['gen_ai.client.token.usage', 'output'],
  ]);
});

test('nothing that was said is told', async () => {
  await ask({}, { throws: new Error('canary-key') });
  await ask({});
  expect(spans).toHaveLength(2);
  expect(JSON.stringify([spans, values])).not.toMatch(/canary|from gemini/);
});

test('unless asked for', async () => {
  await ask({ captureContent: true });
  const attributes = spans[0]?.attributes ?? {};
  expect(attributes['gen_ai.system_instructions']).toContain('canary-system');
  expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toEqual([
    { role: 'user', parts: [{ type: 'text', content: 'canary-prompt' }] },
  ]);
  expect(attributes['gen_ai.output.messages']).toContain('from gemini');
});

test('without an SDK it loads the API by itself and nothing changes', async () => {
  const clock = new VirtualClock();
  const engine = new Engine({
    providers: [new ScriptedProvider('groq', [], clock)],
    telemetry: openTelemetry(),
  });
  await expect(engine.generate(request)).resolves.toMatchObject({ text: 'from groq' });
});
