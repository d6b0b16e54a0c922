import { type ChatBody, type ChatParts, toChatBody } from '@drydock/llm/provider-kit';
import type { GroqOptions } from '../options.js';

/** Body of a request for an answer. */
export function toRequest(
  parts: ChatParts,
  { reasoningEffort }: Pick<GroqOptions, 'reasoningEffort'>,
): ChatBody {
  return {
    ...toChatBody(parts, { limit: 'max_completion_tokens' }),
    ...(reasoningEffort !== undefined && !parts.request.reasoning && { reasoning_effort: reasoningEffort }),
    ...parts.request.providerOptions?.groq,
  };
}
