import type { Attributes } from '@opentelemetry/api';
import type { GenerateRequest } from '../contract/index.js';
import type { AttemptEnd, AttemptStart } from './telemetry.js';

/** What is known before a request, by OpenTelemetry's conventions for generative AI (1.37). */
export function attributesOf({ operation, telemetryName, model, number, request }: AttemptStart): Attributes {
  return defined({
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': telemetryName,
    'gen_ai.request.model': model,
    'gen_ai.request.max_tokens': request?.maxOutputTokens,
    'gen_ai.request.temperature': request?.temperature,
    'gen_ai.request.stop_sequences': request?.stop && [...request.stop],
    'drydock.llm.attempt': number,
  });
}

/** What is known after it. */
export function attributesOfEnd(end: AttemptEnd): Attributes {
  if ('error' in end) return { 'error.type': end.error.kind };
  const { usage, model, responseId, finishReason } = end.result;
  return defined({
    'gen_ai.response.model': model,
    'gen_ai.response.id': responseId,
    'gen_ai.response.finish_reasons': finishReason && [finishReason],
    'gen_ai.usage.input_tokens': usage?.inputTokens,
    'gen_ai.usage.output_tokens': usage?.outputTokens,
  });
}

/** What is said, for those who asked to have it recorded. */
export function contentOf({ system, messages }: GenerateRequest): Attributes {
  return defined({
    'gen_ai.system_instructions': system && JSON.stringify([text(system)]),
    'gen_ai.input.messages': JSON.stringify(
      messages.map(({ role, content }) => ({ role, parts: [text(content)] })),
    ),
  });
}

/** What is answered, for those who asked to have it recorded. */
export function contentOfEnd(end: AttemptEnd): Attributes {
  if ('error' in end || end.result.text === undefined) return {};
  const { text: answer, finishReason } = end.result;
  const message = { role: 'assistant', parts: [text(answer)], finish_reason: finishReason };
  return { 'gen_ai.output.messages': JSON.stringify([message]) };
}

function text(content: string) {
  return { type: 'text', content };
}

function defined(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
