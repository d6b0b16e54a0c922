import type { RequestContext, Usage } from '../../contract/index.js';
import { type ModelList, withCost } from '../model-list.js';
import type { ChatUsage } from './wire-types.js';

/** Tokens of a request, and their price where the list has the model; undefined for a usage without any count. */
export function readUsage(
  usage: ChatUsage | null | undefined,
  { model = '' }: RequestContext,
  prices: ModelList,
  answered?: string | null,
): Usage | undefined {
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = usage ?? {};
  if (![input, output, total].some((count) => typeof count === 'number')) return undefined;
  const inputTokens = input ?? 0;
  const outputTokens = output ?? 0;
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? usage?.num_cached_tokens;
  const audio = usage?.prompt_tokens_details?.audio_tokens;
  const reasoning = usage?.completion_tokens_details?.reasoning_tokens;
  const counts: Usage = {
    inputTokens,
    outputTokens,
    totalTokens: total || inputTokens + outputTokens,
    ...(typeof cached === 'number' && { cachedInputTokens: cached }),
    ...(typeof audio === 'number' && { audioInputTokens: audio }),
    ...(typeof reasoning === 'number' && { reasoningTokens: reasoning }),
  };
  return withCost(counts, model, prices, answered || undefined);
}
