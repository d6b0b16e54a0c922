import {
  type EmbedResult,
  type GenerateResult,
  type LlmError,
  type ModelInfo,
  type RequestContext,
  type StreamEvent,
  toLlmError,
  type Usage,
} from '../../contract/index.js';
import { fieldOf } from '../failures/error-body.js';
import { malformed } from '../failures/explain-failure.js';
import { malformedOnTypeError } from '../failures/malformed-on-type-error.js';
import { throwIfError } from '../failures/throw-if-error.js';
import type { ModelList } from '../model-list.js';
import {
  completeResult,
  parseArguments,
  type StreamAssembly,
  withoutUsage,
} from '../streams/stream-assembly.js';
import { readFinishReason } from './finish-reason.js';
import { readUsage } from './usage.js';
import type { ChatAnswer, ChatContent, ChatEmbeddings, ChatModels, ChatToolCall } from './wire-types.js';

/** A whole answer. */
export function readChatAnswer(answer: unknown, context: RequestContext, prices: ModelList): GenerateResult {
  return malformedOnTypeError(context, () => {
    const { id, model, choices, usage: counts } = answer as ChatAnswer;
    throwIfError(answer);
    const [{ message, finish_reason: reason } = {}] = choices ?? [];
    if (!message) throw malformed(context);
    const usage = readUsage(counts, context, prices, model);
    const finishReason = readFinishReason(reason, context, usage);
    const text = readText(message.content);
    if (message.refusal && text === '') throw refused(context, usage);
    return completeResult(
      {
        text,
        toolCalls: (message.tool_calls ?? []).map((call) => readToolCall(call, context, usage)),
        finishReason,
        rawFinishReason: reason || undefined,
        usage,
        model: model || undefined,
        responseId: id || undefined,
      },
      context,
    );
  });
}

/**
 * The events of one chunk of a stream, or of a whole answer that came in its place.
 *
 * @throws CarriedFailure for a chunk that is an error.
 */
export function* readChatChunk(
  chunk: ChatAnswer,
  assembly: StreamAssembly,
  prices: ModelList,
): Iterable<StreamEvent> {
  throwIfError(chunk);
  const { id, model, choices, usage } = chunk;
  const { context } = assembly;
  assembly.responseId ||= id || undefined;
  assembly.model ||= model || undefined;
  assembly.usage = readUsage(usage, context, prices, assembly.model) ?? assembly.usage;
  const [choice] = choices ?? [];
  if (!choice) return;
  const { content, tool_calls: calls, refusal } = choice.delta ?? choice.message ?? {};
  const text = readText(content);
  if (text !== '') yield { type: 'text', text };
  for (const [place, { index, id, function: called }] of (calls ?? []).entries()) {
    const part = { id, name: called?.name, arguments: argumentsText(called?.arguments) };
    assembly.addToolCall(Number(index ?? place), part);
  }
  const reason = readFinishReason(choice.finish_reason, context, assembly.usage);
  assembly.isRefused ||= Boolean(refusal);
  if (reason === undefined) return;
  if (assembly.isRefused && !assembly.hasText && text === '') throw refused(context, assembly.usage);
  assembly.finishReason = reason;
  assembly.rawFinishReason = choice.finish_reason || undefined;
}

/** One vector for each of `count` texts, in their order. */
export function readEmbeddings(
  answer: unknown,
  count: number,
  context: RequestContext,
  prices: ModelList,
): EmbedResult {
  return malformedOnTypeError(context, () => {
    throwIfError(answer);
    const { data, usage: counts } = answer as ChatEmbeddings;
    const ordered = (data ?? []).toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0));
    const vectors = ordered.flatMap(({ embedding }) => (embedding?.length ? [embedding] : []));
    if (vectors.length !== count) throw malformed(context);
    const usage = readUsage(counts, context, prices);
    if (!usage) throw withoutUsage(context);
    const { provider, model = '' } = context;
    return { vectors, usage, provider, model };
  });
}

/** The models of a list; entries without an id are left out. */
export function readModels(answer: unknown, context: RequestContext): ModelInfo[] {
  throwIfError(answer);
  const data = fieldOf(answer, 'data');
  if (!Array.isArray(data)) throw malformed(context);
  return malformedOnTypeError(context, () =>
    (data as NonNullable<ChatModels['data']>).flatMap(({ id, meta, ...card }) => {
      if (typeof id !== 'string') return [];
      const sizes = [card.context_window, card.max_context_length, card.max_model_len, card.context_length];
      const contextTokens = [...sizes, meta?.n_ctx].find((size) => typeof size === 'number');
      return [{ id, ...(contextTokens !== undefined && { contextTokens }) }];
    }),
  );
}

/** The error of an answer that a model refuses; its words may hold the prompt, and are not shown. */
function refused(context: RequestContext, usage?: Usage): LlmError {
  const detail = 'the model refuses to answer';
  return toLlmError('content_filtered', { ...context, detail, usage, code: 'REFUSAL' });
}

/** The text of a message, without the thoughts of models that reason. */
function readText(content: ChatContent | undefined): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ type, text = '' }) => (type === 'text' ? text : '')).join('');
}

function readToolCall({ id, function: called }: ChatToolCall, context: RequestContext, usage?: Usage) {
  const { name, arguments: args } = called as NonNullable<typeof called>;
  return {
    id: id ?? '',
    name: name as string,
    arguments: parseArguments(argumentsText(args), context, usage),
  };
}

/** Arguments are a JSON text, which some clients parse. */
function argumentsText(args: unknown): string {
  return typeof args === 'string' || args == null ? (args ?? '') : JSON.stringify(args);
}
