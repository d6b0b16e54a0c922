import type { ModelInfo, RequestContext } from '@drydock/llm';
import { malformed, malformedOnTypeError } from '@drydock/llm/provider-kit';
import type { ListModelsAnswer } from '../api.js';
import type { SdkCall } from '../sdk.js';

/** Most models that one answer lists. */
const MOST_MODELS = 1_000;

/**
 * The first models that the key may use; listing them costs nothing. The SDK has no call for it.
 *
 * https://ai.google.dev/api/models#method:-models.list
 */
export async function listModels(
  { apiKey, baseUrl, fetch }: Omit<SdkCall, 'model'>,
  context: RequestContext,
  most = MOST_MODELS,
): Promise<ModelInfo[]> {
  const response = await fetch(`${baseUrl}/v1beta/models?pageSize=${most}`, {
    headers: { 'x-goog-api-key': apiKey },
  });
  const { models } = ((await response.json()) ?? {}) as ListModelsAnswer;
  if (!Array.isArray(models)) throw malformed(context);
  return malformedOnTypeError(context, () => models.map(toModelInfo));
}

function toModelInfo({
  name = '',
  inputTokenLimit,
  outputTokenLimit = 0,
}: NonNullable<ListModelsAnswer['models']>[number]): ModelInfo {
  const id = name.replace(/^models\//, '');
  return inputTokenLimit === undefined ? { id } : { id, contextTokens: inputTokenLimit + outputTokenLimit };
}
