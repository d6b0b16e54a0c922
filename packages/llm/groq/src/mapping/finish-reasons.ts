import { type FinishReason, toLlmError, type Usage } from '@drydock/llm';
import type { RequestContext } from '@drydock/llm/provider-kit';

/** https://console.groq.com/docs/api-reference#chat-create */
const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
]);

/**
 * Why an answer ended; undefined as long as the service does not say.
 *
 * @throws LlmError where the end is no success: `content_filter`, which other servers of this API know, and what nobody knows yet.
 */
export function toFinishReason(
  reason: string | null | undefined,
  context: RequestContext,
  usage: Usage | undefined,
): FinishReason | undefined {
  if (reason === null || reason === undefined) return undefined;
  const known = FINISH_REASONS.get(reason);
  if (known) return known;
  if (reason === 'content_filter')
    throw toLlmError('content_filtered', {
      ...context,
      usage,
      detail: 'the answer was withheld for its content',
    });
  const detail = 'the answer ended for a reason that is not known';
  throw toLlmError('unavailable', { ...context, usage, detail, retriable: true });
}
