import { type ChatBody, type ChatParts, modelData, toChatBody } from '@drydock/llm/provider-kit';
import { GROQ_MODELS } from '../models.js';
import type { GroqOptions } from '../options.js';

/** Body of a request for an answer. */
export function toRequest(
  parts: ChatParts,
  { reasoningEffort }: Pick<GroqOptions, 'reasoningEffort'>,
): ChatBody {
  // A model that the list lacks may be one of another server, which does not mind `strict`.
  const strict = modelData(GROQ_MODELS, parts.model)?.strictSchemas;
  return {
    ...toChatBody(parts, { limit: 'max_completion_tokens', strict }),
    ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
  };
}
