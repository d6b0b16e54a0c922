import type { GenerateRequest, Message } from '@drydock/llm';
import { modelData } from '@drydock/llm/provider-kit';
import type { PreparedOutput } from '@drydock/llm/structured';
import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
  ChatCompletionTool,
} from 'groq-sdk/resources/chat/completions';
import { GROQ_MODELS } from '../models.js';
import type { GroqOptions } from '../options.js';

/** What a request is made of. */
export interface RequestParts {
  readonly model: string;
  readonly request: GenerateRequest;
  /** Shape of a structured answer. */
  readonly output?: Pick<PreparedOutput<unknown>, 'name' | 'schema' | 'inexpressible'> | undefined;
  readonly reasoningEffort?: GroqOptions['reasoningEffort'];
}

/** A request in the words of the API. */
export function toRequest({
  model,
  request: { system, messages, tools, maxOutputTokens, temperature, stop },
  output,
  reasoningEffort,
}: RequestParts): ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system', content: system } as const]),
      ...messages.map(toTurn),
    ],
    ...(tools?.length && { tools: tools.map(toTool) }),
    ...(maxOutputTokens !== undefined && { max_completion_tokens: maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(stop?.length && { stop: [...stop] }),
    ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
    ...(output && {
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: output.name,
          schema: output.schema,
          // What the dialect can only forbid, the model could not say if it were held to it.
          strict: isStrict(model) && output.inexpressible.length === 0,
        },
      },
    }),
  };
}

/** A model that the list does not name may be one of another server, which takes strict for what it can do. */
function isStrict(model: string): boolean {
  return modelData(GROQ_MODELS, model)?.strictSchemas ?? true;
}

function toTurn(message: Message): ChatCompletionMessageParam {
  const { content } = message;
  if (message.role === 'user') return { role: 'user', content };
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.toolCallId, content };
  if (!message.toolCalls?.length) return { role: 'assistant', content };
  return {
    role: 'assistant',
    content: content === '' ? null : content,
    tool_calls: message.toolCalls.map(({ id, name, arguments: args }) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(args) },
    })),
  };
}

function toTool({
  name,
  description,
  parameters,
}: NonNullable<GenerateRequest['tools']>[number]): ChatCompletionTool {
  return {
    type: 'function',
    function: { name, ...(description !== undefined && { description }), parameters },
  };
}
