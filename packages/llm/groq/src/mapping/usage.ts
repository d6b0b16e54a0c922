import type { Usage } from '@drydock/llm';
import { fieldOf, withCost } from '@drydock/llm/provider-kit';
import type { CompletionUsage } from 'groq-sdk/resources/completions';
import { GROQ_MODELS } from '../models.js';

/** A usage without any of them tells nothing. */
const COUNTS = ['prompt_tokens', 'completion_tokens', 'total_tokens'];

/** What a request used, and its price where the model is one of Groq's own. */
export function toUsage(
  usage: Partial<CompletionUsage> | null | undefined,
  model: string,
): Usage | undefined {
  if (!usage || !COUNTS.some((name) => typeof fieldOf(usage, name) === 'number')) return undefined;
  const [inputTokens, outputTokens] = [usage.prompt_tokens ?? 0, usage.completion_tokens ?? 0];
  const cached = usage.prompt_tokens_details?.cached_tokens;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens;
  const counts: Usage = {
    inputTokens,
    outputTokens,
    totalTokens: usage.total_tokens ?? inputTokens + outputTokens,
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
  };
  return withCost(counts, model, GROQ_MODELS);
}
