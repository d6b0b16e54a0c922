import type { EmbedResult, GenerateResult, ModelInfo, ToolCall } from '@drydock/llm';
import {
  completeResult,
  fieldOf,
  malformed,
  parseArguments,
  type RequestContext,
  withoutUsage,
} from '@drydock/llm/provider-kit';
import type {
  ChatCompletionResponse,
  EmbeddingResponse,
  FunctionCall,
  ModelList,
} from '@mistralai/mistralai/models/components';
import { textOf } from './content.js';
import { toFinishReason } from './finish-reasons.js';
import { toUsage } from './usage.js';

/** A whole answer. */
export function fromResponse(
  answer: ChatCompletionResponse,
  context: RequestContext & { model: string },
): GenerateResult {
  const { choices, id, model } = answer;
  const [choice] = choices;
  if (!choice?.message) throw malformed(context);
  const { content, toolCalls } = choice.message;
  const usage = toUsage(answer.usage, context.model);
  const finishReason = toFinishReason(choice.finishReason, context, usage);
  const calls = (toolCalls ?? []).map(({ id: callId = '', function: called }): ToolCall => {
    return { id: callId, name: called.name, arguments: argumentsOf(called, context) };
  });
  return completeResult(
    {
      text: textOf(content),
      toolCalls: calls,
      ...(finishReason && { finishReason }),
      ...(usage && { usage }),
      model,
      responseId: id,
    },
    context,
  );
}

/** The vectors of an answer, in the order of the texts. */
export function fromEmbeddings(
  { data, usage: info }: EmbeddingResponse,
  count: number,
  context: RequestContext & { model: string },
): EmbedResult {
  const ordered = [...data].sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const vectors = ordered.flatMap(({ embedding }) => (embedding?.length ? [embedding] : []));
  if (vectors.length !== count) throw malformed(context);
  const usage = toUsage(info, context.model);
  if (!usage) throw withoutUsage(context);
  return { vectors, usage, ...context };
}

/** The models of a list; other servers of this API describe theirs in fewer words, which the SDK hands on unread. */
export function fromModels({ data }: ModelList, context: RequestContext): ModelInfo[] {
  if (!data) throw malformed(context);
  return data.flatMap((card) => {
    const contextTokens = fieldOf(card, 'maxContextLength');
    const id = fieldOf(card, 'id') ?? fieldOf(fieldOf(card, 'raw'), 'id');
    if (typeof id !== 'string') return [];
    return [{ id, ...(typeof contextTokens === 'number' && { contextTokens }) }];
  });
}

function argumentsOf({ arguments: args }: FunctionCall, context: RequestContext): unknown {
  return typeof args === 'string' ? parseArguments(args, context) : args;
}
