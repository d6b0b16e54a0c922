import type { EmbedRequest, GenerateRequest, Message } from '@drydock/llm';
import type { PreparedOutput } from '@drydock/llm/structured';
import type {
  ChatCompletionRequest,
  ChatCompletionRequestMessage,
  ChatCompletionRequestTool,
  EmbeddingRequest,
} from '@mistralai/mistralai/models/components';
import { toWireId } from './tool-call-id.js';

/** What a request is made of. */
export interface RequestParts {
  readonly model: string;
  readonly request: GenerateRequest;
  /** Shape of a structured answer. */
  readonly output?: Pick<PreparedOutput<unknown>, 'name' | 'schema' | 'inexpressible'> | undefined;
}

/** A request in the words of the SDK, which drops those that it does not know. */
export function toRequest({
  model,
  request: { system, messages, tools, maxOutputTokens, temperature, stop },
  output,
}: RequestParts): ChatCompletionRequest {
  return {
    model,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system', content: system } as const]),
      ...messages.map(toTurn),
    ],
    ...(tools?.length && { tools: tools.map(toTool) }),
    ...(maxOutputTokens !== undefined && { maxTokens: maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(stop?.length && { stop: [...stop] }),
    ...(output && {
      responseFormat: {
        type: 'json_schema',
        jsonSchema: {
          name: output.name,
          schemaDefinition: output.schema,
          // What the dialect can only forbid, the model could not say if it were held to it.
          strict: output.inexpressible.length === 0,
        },
      },
    }),
  };
}

/** A request for vectors in the words of the SDK. */
export function toEmbedRequest(model: string, { texts, dimensions }: EmbedRequest): EmbeddingRequest {
  return { model, inputs: [...texts], ...(dimensions !== undefined && { outputDimension: dimensions }) };
}

function toTurn(message: Message): ChatCompletionRequestMessage {
  const { content } = message;
  if (message.role === 'user') return { role: 'user', content };
  if (message.role === 'tool') {
    const { name, toolCallId } = message;
    return { role: 'tool', toolCallId: toWireId(toolCallId), ...(name !== undefined && { name }), content };
  }
  const { toolCalls = [] } = message;
  if (toolCalls.length === 0) return { role: 'assistant', content };
  return {
    role: 'assistant',
    content,
    toolCalls: toolCalls.map(({ id, name, arguments: args }, index) => ({
      id: toWireId(id),
      index,
      function: { name, arguments: JSON.stringify(args) },
    })),
  };
}

function toTool({
  name,
  description,
  parameters,
}: NonNullable<GenerateRequest['tools']>[number]): ChatCompletionRequestTool {
  return {
    type: 'function',
    function: { name, ...(description !== undefined && { description }), parameters },
  };
}
