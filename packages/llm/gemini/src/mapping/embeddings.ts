import type { EmbedRequest, EmbedResult, RequestContext, Usage } from '@drydock/llm';
import { type ModelList, malformed } from '@drydock/llm/provider-kit';
import type { BatchEmbedAnswer, BatchEmbedBody, UsageMetadata } from '../api.js';
import { toUsage } from './usage.js';

/** Characters of a token, on average: https://ai.google.dev/gemini-api/docs/tokens */
const CHARACTERS_PER_TOKEN = 4;

/** Body of a request for one vector a text. */
export function toEmbedBody({ texts, dimensions }: EmbedRequest): BatchEmbedBody {
  return {
    requests: texts.map((text) => ({
      content: { parts: [{ text }] },
      ...(dimensions !== undefined && { outputDimensionality: dimensions }),
    })),
  };
}

/** The vectors of an answer. */
export function readEmbeddings(
  { embeddings = [], usageMetadata }: BatchEmbedAnswer,
  { texts }: EmbedRequest,
  context: RequestContext,
  list: ModelList,
): EmbedResult {
  const vectors = embeddings.flatMap(({ values }) => (values?.length ? [values] : []));
  if (vectors.length !== texts.length) throw malformed(context);
  const usage = toUsage(usageMetadata ?? estimated(texts), context, list) as Usage;
  const { provider, model = '' } = context;
  return { vectors, usage, provider, model };
}

/** An estimate, since `gemini-embedding-001` reports no usage. */
function estimated(texts: readonly string[]): UsageMetadata {
  const counts = texts.map((text) => Math.ceil(text.length / CHARACTERS_PER_TOKEN));
  return { promptTokenCount: counts.reduce((sum, count) => sum + count, 0) };
}
