import { type StreamEvent, toLlmError } from '@drydock/llm';
import type { StreamAssembly } from '@drydock/llm/provider-kit';
import type { ChatCompletionChunk } from 'groq-sdk/resources/chat/completions';
import type { CompletionUsage } from 'groq-sdk/resources/completions';
import { toFinishReason } from './finish-reasons.js';
import { toUsage } from './usage.js';

/** What came over the wire; other servers of this API tell the usage beside the choices. */
export type Chunk = Partial<Omit<ChatCompletionChunk, 'choices'>> & {
  readonly choices?: readonly Partial<ChatCompletionChunk.Choice>[] | null;
  readonly usage?: CompletionUsage | null;
};

/** Reads one chunk of a stream. */
export function* fromStream(chunk: Chunk, assembly: StreamAssembly): Iterable<StreamEvent> {
  const { context } = assembly;
  assembly.responseId ??= chunk.id;
  assembly.model ??= chunk.model;
  assembly.usage = toUsage(chunk.x_groq?.usage ?? chunk.usage, context.model ?? '') ?? assembly.usage;
  if (chunk.x_groq?.error) {
    const detail = 'the service stopped its answer early';
    throw toLlmError('unavailable', { ...context, usage: assembly.usage, detail, retriable: true });
  }
  const [choice] = chunk.choices ?? [];
  if (!choice) return;
  const { content, tool_calls: calls = [] } = choice.delta ?? {};
  if (content) yield { type: 'text', text: content };
  for (const [place, { index = place, id, function: called }] of (calls ?? []).entries())
    assembly.addToolCall(index, { id, ...called });
  assembly.finishReason ??= toFinishReason(choice.finish_reason, context, assembly.usage);
}
