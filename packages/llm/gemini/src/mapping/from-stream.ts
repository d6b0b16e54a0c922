import { type LlmErrorKind, type StreamEvent, toLlmError } from '@drydock/llm';
import {
  codeOf,
  type ModelList,
  type StreamAssembly,
  type StreamReader,
  throwIfError,
} from '@drydock/llm/provider-kit';
import type { GenerateContentAnswer, Part } from '../api.js';
import { endingOf, refusalOf } from './finish-reasons.js';
import { toToolCall } from './thought-signature.js';
import { toUsage } from './usage.js';

/**
 * Makes the reader of one stream, which counts its tool calls.
 *
 * @throws LlmError when the prompt or the answer was refused; CarriedFailure for an event that is an error.
 */
export function fromStream(list: ModelList): StreamReader<GenerateContentAnswer> {
  let toolCalls = 0;
  const taken = new Set<string>();
  return function* read(event, assembly) {
    collect(event, assembly, list);
    const [candidate] = event.candidates ?? [];
    for (const part of candidate?.content?.parts ?? []) {
      const read = toEvent(part, toolCalls);
      if (read?.type !== 'tool_call') {
        if (read) yield read;
        continue;
      }
      const { toolCall } = read;
      // Ahead of the id, behind which the signature stands.
      const id = taken.has(toolCall.id) ? `${toolCalls}_${toolCall.id}` : toolCall.id;
      taken.add(id);
      toolCalls += 1;
      yield { type: 'tool_call', toolCall: { ...toolCall, id } };
    }
    if (candidate?.finishReason) end(candidate.finishReason, assembly, toolCalls);
  };
}

/** The error of an answer that cannot be used, with its usage. */
export function failed(
  { context, usage }: StreamAssembly,
  { kind, code, ...facts }: { kind: LlmErrorKind; detail: string; code: string; retriable?: boolean },
) {
  return toLlmError(kind, { ...context, ...facts, usage, code: codeOf(code) });
}

/** Collects what stands beside the text. */
function collect(event: GenerateContentAnswer, assembly: StreamAssembly, list: ModelList): void {
  throwIfError(event);
  const { usageMetadata, modelVersion, responseId, promptFeedback } = event;
  assembly.model = modelVersion || assembly.model;
  assembly.usage = toUsage(usageMetadata, assembly.context, list, assembly.model) ?? assembly.usage;
  assembly.responseId = responseId || assembly.responseId;
  const { blockReason } = promptFeedback ?? {};
  if (blockReason === undefined) return;
  throw failed(assembly, { kind: 'content_filtered', detail: refusalOf(blockReason), code: blockReason });
}

function toEvent(part: Part, index: number): StreamEvent | undefined {
  const toolCall = toToolCall(part, index);
  if (toolCall) return { type: 'tool_call', toolCall };
  return part.text && !part.thought ? { type: 'text', text: part.text } : undefined;
}

function end(reason: string, assembly: StreamAssembly, toolCalls: number): void {
  const ending = endingOf(reason, assembly);
  if ('kind' in ending) throw failed(assembly, { ...ending, code: reason });
  const { finishReason } = ending;
  assembly.rawFinishReason = reason;
  assembly.finishReason = finishReason === 'stop' && toolCalls > 0 ? 'tool_calls' : finishReason;
}
