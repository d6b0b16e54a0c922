import type { ModelInfo, RequestContext } from '@drydock/llm';
import { malformed, malformedOnTypeError, readJson, throwIfError } from '@drydock/llm/provider-kit';
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
  call: Omit<SdkCall, 'model'>,
  context: RequestContext,
  most = MOST_MODELS,
): Promise<ModelInfo[]> {
  const { apiKey, baseUrl, fetch } = call;
  const headers = { 'x-goog-api-key': apiKey };
  const answer = await readJson(call, fetch(`${baseUrl}/v1beta/models?pageSize=${most}`, { headers }));
  throwIfError(answer);
  const { models } = (answer ?? {}) as ListModelsAnswer;
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
