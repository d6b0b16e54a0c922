import type { RequestContext, Usage } from '@drydock/llm';
import { fieldOf, type ModelList, withCost } from '@drydock/llm/provider-kit';
import type { UsageMetadata } from '../api.js';

/** Counts of which a usage has at least one. */
const COUNTS = ['promptTokenCount', 'candidatesTokenCount', 'thoughtsTokenCount', 'totalTokenCount'];

/** Tokens of a request, thoughts and results of built-in tools included, and their price where the list has the model. */
export function toUsage(
  usage: UsageMetadata | null | undefined,
  { model = '' }: RequestContext,
  list: ModelList,
  answered?: string,
): Usage | undefined {
  if (!usage || !COUNTS.some((name) => typeof fieldOf(usage, name) === 'number')) return undefined;
  const { promptTokenCount = 0, toolUsePromptTokenCount = 0, candidatesTokenCount = 0 } = usage;
  const { thoughtsTokenCount = 0, totalTokenCount, cachedContentTokenCount } = usage;
  const inputTokens = promptTokenCount + toolUsePromptTokenCount;
  const outputTokens = candidatesTokenCount + thoughtsTokenCount;
  const counts: Usage = {
    inputTokens,
    outputTokens,
    totalTokens: totalTokenCount ?? inputTokens + outputTokens,
    ...(cachedContentTokenCount !== undefined && { cachedInputTokens: cachedContentTokenCount }),
    ...(thoughtsTokenCount > 0 && { reasoningTokens: thoughtsTokenCount }),
  };
  return withCost(counts, model, list, answered);
}
