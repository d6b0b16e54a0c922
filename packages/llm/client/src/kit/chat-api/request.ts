import type { GenerateRequest, Message } from '../../contract/index.js';
import type { ChatParts } from '../chat-provider.js';
import { plainToolCallId } from '../tool-call-ids.js';

/** A turn of a conversation as the API takes it. */
export interface ChatTurn {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string | null;
  readonly name?: string;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly index?: number;
    readonly type: 'function';
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
}

/** Body of a request to `/chat/completions`. */
export type ChatBody = Readonly<Record<string, unknown>>;

/** How services differ in what they take. */
export interface ChatBodyOptions {
  /** Name of the limit of an answer's tokens: OpenAI's own models and Groq take the newer one, most other servers the older. */
  readonly limit: 'max_tokens' | 'max_completion_tokens';
  /** Name of the seed. @default 'seed' */
  readonly seed?: string | undefined;
  /** The word for a model that must ask for a tool. @default 'required' */
  readonly required?: string | undefined;
  /** Says a turn in the service's own way. @default toChatTurn */
  readonly toTurn?: ((message: Message) => ChatTurn) | undefined;
}

/** Body of a request for an answer. */
export function toChatBody(
  { model, request, output }: ChatParts,
  { limit, seed = 'seed', required = 'required', toTurn = toChatTurn }: ChatBodyOptions,
): ChatBody {
  const { system, messages, tools, maxOutputTokens, temperature, stop, toolChoice, reasoning } = request;
  return {
    model,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system', content: system }]),
      ...messages.map(toTurn),
    ],
    ...(tools?.length && { tools: tools.map(toTool) }),
    ...(maxOutputTokens !== undefined && { [limit]: maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(stop?.length && { stop }),
    ...(request.topP !== undefined && { top_p: request.topP }),
    ...(request.seed !== undefined && { [seed]: request.seed }),
    ...(toolChoice !== undefined && { tool_choice: toToolChoice(toolChoice, required) }),
    ...(reasoning?.effort !== undefined && { reasoning_effort: reasoning.effort }),
    ...(output && {
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: output.name,
          schema: output.schema,
          strict: output.strict,
        },
      },
    }),
  };
}

function toToolChoice(choice: NonNullable<GenerateRequest['toolChoice']>, required: string): unknown {
  if (typeof choice === 'object') return { type: 'function', function: choice };
  return choice === 'required' ? required : choice;
}

/** A turn of a conversation, in the words of the API. */
export function toChatTurn(message: Message): ChatTurn {
  const { role, content } = message;
  if (role === 'tool') return { role, tool_call_id: plainToolCallId(message.toolCallId), content };
  if (role === 'user' || !message.toolCalls?.length) return { role, content };
  return {
    role,
    content: content === '' ? null : content,
    tool_calls: message.toolCalls.map(({ id, name, arguments: args }) => ({
      id: plainToolCallId(id),
      type: 'function',
      function: { name, arguments: JSON.stringify(args ?? {}) },
    })),
  };
}

function toTool({ name, description, parameters }: NonNullable<GenerateRequest['tools']>[number]): object {
  const described = description === undefined ? {} : { description };
  return { type: 'function', function: { name, ...described, parameters } };
}
