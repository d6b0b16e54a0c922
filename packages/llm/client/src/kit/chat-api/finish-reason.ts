import { type FinishReason, type RequestContext, toLlmError, type Usage } from '../../contract/index.js';

/** The API's own reasons, and those of the services that took it over: `model_length` is Mistral's. */
const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['model_length', 'length'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
]);

/**
 * Why an answer ended; undefined as long as the service does not say.
 *
 * @throws LlmError where the answer is withheld or incomplete, and for a reason that is not known.
 */
export function readFinishReason(
  reason: string | null | undefined,
  context: RequestContext,
  usage: Usage | undefined,
): FinishReason | undefined {
  if (reason === null || reason === undefined) return undefined;
  const known = FINISH_REASONS.get(reason);
  if (known) return known;
  if (reason === 'content_filter') {
    const detail = 'the answer was withheld for its content';
    throw toLlmError('content_filtered', { ...context, usage, detail });
  }
  const detail =
    reason === 'error'
      ? 'the service failed within its answer'
      : 'the answer ended for a reason that is not known';
  throw toLlmError('unavailable', { ...context, usage, detail, retriable: true });
}
