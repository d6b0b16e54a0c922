import type { EmbedRequest, GenerateRequest, StructuredRequest } from '../contract/index.js';

/** Limit of the answer's tokens under a spend cap, where the request has none. */
const DEFAULT_OUTPUT_TOKENS = 2_048;

/** Tokens that a chat template adds around a message, at most. */
const PER_MESSAGE = 16;

/** The request with a limit of the answer's tokens, without which no spend cap can hold. */
export function withOutputLimit<R extends GenerateRequest>(request: R): R {
  return { ...request, maxOutputTokens: request.maxOutputTokens ?? DEFAULT_OUTPUT_TOKENS };
}

/** Most tokens that a request can use: a token has at least one byte in every tokenizer in use, and the answer has a limit. */
export function tokenUpperBound(request: GenerateRequest & Partial<StructuredRequest<unknown>>): number {
  // The schema's validator is not sent, and may be an object with cycles.
  const sent = { ...request, schema: request.schema?.jsonSchema };
  const promptTokens = Buffer.byteLength(JSON.stringify(sent)) + PER_MESSAGE * (request.messages.length + 1);
  return promptTokens + (request.maxOutputTokens ?? DEFAULT_OUTPUT_TOKENS);
}

/** As `tokenUpperBound`, with a schema that may grow in a provider's dialect. */
export function structuredTokenUpperBound(request: StructuredRequest<unknown>): number {
  return tokenUpperBound(request) + 2 * Buffer.byteLength(JSON.stringify(request.schema.jsonSchema));
}

/** Most tokens of texts that become vectors. */
export function embedTokenUpperBound({ texts }: EmbedRequest): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + PER_MESSAGE, 0);
}
