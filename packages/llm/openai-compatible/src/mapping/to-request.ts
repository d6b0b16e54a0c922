import type { EmbedRequest } from '@drydock/llm';
import { type ChatBody, type ChatParts, toChatBody } from '@drydock/llm/provider-kit';
import type { ServerDialect } from '../options.js';

/** Body of a request for an answer; `name` is that of the provider, for its options. */
export function toRequest(parts: ChatParts, name: string, { limit = 'max_tokens' }: ServerDialect): ChatBody {
  return { ...toChatBody(parts, { limit }), ...parts.request.providerOptions?.[name] };
}

/** Body of a request for vectors. */
export function toEmbedRequest(model: string, { texts, dimensions }: EmbedRequest): ChatBody {
  return { model, input: texts, ...(dimensions !== undefined && { dimensions }) };
}
