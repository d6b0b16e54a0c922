import type { EmbedRequest, GenerateRequest, StructuredRequest } from '../contract/index.js';

/** What is asked for where a request under a cap names no limit of its own. */
export const CAPPED_OUTPUT_TOKENS = 2_048;

/** What a chat template adds around a message. */
const PER_MESSAGE = 16;

/** The request with a limit to its answer, without which no cap can be kept. */
export function withOutputLimit<R extends GenerateRequest>(request: R): R {
  return { ...request, maxOutputTokens: request.maxOutputTokens ?? CAPPED_OUTPUT_TOKENS };
}

/**
 * Upper bound of what a request can use: no tokenizer in use makes more than one token of a byte, and the answer has
 * its own limit.
 */
export function tokenUpperBound(request: GenerateRequest): number {
  return promptTokenUpperBound(request) + outputTokenUpperBound(request);
}

/** As `tokensAtMost`, with a schema that may grow in a provider's dialect. */
export function structuredTokenUpperBound(request: StructuredRequest<unknown>): number {
  return tokenUpperBound(request) + 2 * Buffer.byteLength(JSON.stringify(request.schema.jsonSchema));
}

/** Upper bound for texts to be embedded. */
export function embedTokenUpperBound({ texts }: EmbedRequest): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + PER_MESSAGE, 0);
}

function promptTokenUpperBound(request: GenerateRequest & Partial<StructuredRequest<unknown>>): number {
  // What checks the answer stays here, and may be an object with cycles.
  const sent = { ...request, schema: request.schema?.jsonSchema };
  return Buffer.byteLength(JSON.stringify(sent)) + PER_MESSAGE * (request.messages.length + 1);
}

function outputTokenUpperBound({ maxOutputTokens = CAPPED_OUTPUT_TOKENS }: GenerateRequest): number {
  return maxOutputTokens;
}
