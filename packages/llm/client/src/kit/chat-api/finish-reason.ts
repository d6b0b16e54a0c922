import { type FinishReason, type RequestContext, toLlmError, type Usage } from '../../contract/index.js';

const WORDS: Readonly<Record<FinishReason | 'content_filtered' | 'error', string>> = {
  stop: 'stop eos eos_token end end_turn stop_sequence completed',
  length: 'length model_length max_tokens max_output_tokens token_limit model_context_window_exceeded',
  tool_calls: 'tool_calls tool_call tool_use function_call',
  content_filtered:
    'content_filter content_filtered safety recitation blocklist prohibited_content spii sensitive guardrail_intervened refusal',
  error: 'error server_error network_error insufficient_system_resource abort aborted cancelled',
  other: '',
};

/** The words of OpenAI's API, and of the many servers that took it over. */
const MEANINGS = new Map(
  Object.entries(WORDS).flatMap(([meaning, words]) =>
    words.split(' ').map((word) => [word, meaning as keyof typeof WORDS] as const),
  ),
);

/** What a word for the end of an answer means, whichever service or gateway says it; `other` where it is not known. */
export function meaningOf(reason: string): keyof typeof WORDS {
  return MEANINGS.get(reason.toLowerCase()) ?? 'other';
}

/**
 * Why an answer ended; undefined as long as the service does not say, `other` for a word that is not known.
 *
 * @throws LlmError where the answer is withheld, or the service failed within it.
 */
export function readFinishReason(
  reason: string | null | undefined,
  context: RequestContext,
  usage: Usage | undefined,
): FinishReason | undefined {
  // Some servers send an empty word with each piece until the end.
  if (!reason) return undefined;
  const meaning = meaningOf(reason);
  if (meaning === 'content_filtered') {
    const detail = 'the answer was withheld for its content';
    throw toLlmError('content_filtered', { ...context, usage, detail });
  }
  if (meaning === 'error') {
    const detail = 'the service failed within its answer';
    throw toLlmError('unavailable', { ...context, usage, detail, retriable: true });
  }
  return meaning;
}
