import type { Usage } from '@drydock/llm';
import { withCost } from '@drydock/llm/provider-kit';
import type { CompletionUsage } from 'groq-sdk/resources/completions';
import { GROQ_MODELS } from './models.js';

/** What a request used, and its price where the model is one of Groq's own. */
export function toUsage(
  usage: Partial<CompletionUsage> | null | undefined,
  model: string,
): Usage | undefined {
  if (!usage) return undefined;
  const { prompt_tokens: inputTokens = 0, completion_tokens: outputTokens = 0, total_tokens } = usage;
  const cached = usage.prompt_tokens_details?.cached_tokens;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens;
  const counts: Usage = {
    inputTokens,
    outputTokens,
    totalTokens: total_tokens ?? inputTokens + outputTokens,
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
  };
  return withCost(counts, model, GROQ_MODELS);
}
