import type { EmbedRequest, Message } from '@drydock/llm';
import { type ChatParts, type ChatTurn, toChatBody, toChatTurn } from '@drydock/llm/provider-kit';
import type { ChatCompletionRequest, EmbeddingRequest } from '@mistralai/mistralai/models/components';
import { toSdkWords } from './sdk-words.js';
import { toWireId } from './tool-call-id.js';

/** A request for an answer, as the SDK takes it. */
export function toRequest(parts: ChatParts): ChatCompletionRequest {
  const body = toChatBody(parts, { limit: 'max_tokens', seed: 'random_seed', required: 'any', toTurn });
  return toSdkWords({ ...body, ...parts.request.providerOptions?.mistral }) as ChatCompletionRequest;
}

/** A request for vectors, as the SDK takes it. */
export function toEmbedRequest(model: string, { texts, dimensions }: EmbedRequest): EmbeddingRequest {
  return { model, inputs: [...texts], ...(dimensions !== undefined && { outputDimension: dimensions }) };
}

/** Tool calls have ids of Mistral's form and an index, for which the SDK would put 0; their results have a name. */
function toTurn(message: Message): ChatTurn {
  const turn = toChatTurn(message);
  if (message.role === 'tool') {
    const { name, toolCallId } = message;
    return { ...turn, tool_call_id: toWireId(toolCallId), ...(name !== undefined && { name }) };
  }
  if (message.role !== 'assistant' || !turn.tool_calls) return turn;
  const ids = message.toolCalls?.map(({ id }) => toWireId(id)) ?? [];
  const calls = turn.tool_calls.map((call, index) => ({ ...call, id: ids[index] ?? call.id, index }));
  return { ...turn, content: message.content, tool_calls: calls };
}
