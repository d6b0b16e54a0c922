import { type FinishReason, type LlmErrorKind, toLlmError, type Usage } from '@drydock/llm';
import type { RequestContext } from '@drydock/llm/provider-kit';

/** https://docs.mistral.ai/api/endpoint/chat */
const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['model_length', 'length'],
  ['tool_calls', 'tool_calls'],
]);

/** Ends that are no success; `content_filter` is one that other servers of this API know. */
const FAILURES: ReadonlyMap<string, readonly [LlmErrorKind, string]> = new Map([
  ['error', ['unavailable', 'the service failed within its answer']],
  ['content_filter', ['content_filtered', 'the answer was withheld for its content']],
]);

/**
 * Why an answer ended; undefined as long as the service does not say.
 *
 * @throws LlmError where the end is no success, or one that nobody knows yet.
 */
export function toFinishReason(
  reason: string | null | undefined,
  context: RequestContext,
  usage: Usage | undefined,
): FinishReason | undefined {
  if (reason === null || reason === undefined) return undefined;
  const known = FINISH_REASONS.get(reason);
  if (known) return known;
  const [kind, detail] = FAILURES.get(reason) ?? UNKNOWN;
  throw toLlmError(kind, { ...context, usage, detail, retriable: kind === 'unavailable' });
}

const UNKNOWN = ['unavailable', 'the answer ended for a reason that is not known'] as const;
