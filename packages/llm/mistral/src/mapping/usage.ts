import type { Usage } from '@drydock/llm';
import { fieldOf, withCost } from '@drydock/llm/provider-kit';
import type { UsageInfo } from '@mistralai/mistralai/models/components';
import { MISTRAL_MODELS } from '../models.js';

/** What a request used, and its price where the model is one of Mistral's own. */
export function toUsage(usage: UsageInfo | undefined, model: string): Usage | undefined {
  if (!usage) return undefined;
  const { promptTokens: inputTokens = 0, completionTokens: outputTokens = 0, totalTokens } = usage;
  const cached = fieldOf(usage.prompt_tokens_details, 'cached_tokens') ?? usage.num_cached_tokens;
  const counts: Usage = {
    inputTokens,
    outputTokens,
    totalTokens: totalTokens || inputTokens + outputTokens,
    ...(typeof cached === 'number' && { cachedInputTokens: cached }),
  };
  return withCost(counts, model, MISTRAL_MODELS);
}
