import type { FinishReason, LlmErrorKind } from '@drydock/llm';
import { readFinishReason, type StreamAssembly } from '@drydock/llm/provider-kit';

/** What the end of an answer means: a finish reason, which is `other` where it is not known, or an error. */
export type Ending =
  | { readonly finishReason: FinishReason }
  | { readonly kind: LlmErrorKind; readonly detail: string; readonly retriable?: boolean };

const filtered = (detail: string): Ending => ({ kind: 'content_filtered', detail });
const malformed = (detail: string): Ending => ({ kind: 'invalid_output', detail, retriable: true });

/** https://ai.google.dev/api/generate-content#FinishReason */
const FINISH_REASONS: Readonly<Record<string, Ending>> = {
  STOP: { finishReason: 'stop' },
  MAX_TOKENS: { finishReason: 'length' },
  SAFETY: filtered('the answer was withheld by the safety filter'),
  RECITATION: filtered('the answer was withheld since it recites a source'),
  LANGUAGE: filtered('the answer was withheld since its language is not supported'),
  BLOCKLIST: filtered('the answer was withheld since it holds forbidden terms'),
  PROHIBITED_CONTENT: filtered('the answer was withheld since it may hold prohibited content'),
  SPII: filtered('the answer was withheld since it may hold personal data'),
  IMAGE_SAFETY: filtered('the picture was withheld by the safety filter'),
  IMAGE_PROHIBITED_CONTENT: filtered('the picture was withheld since it may hold prohibited content'),
  IMAGE_RECITATION: filtered('the picture was withheld since it recites a source'),
  MALFORMED_FUNCTION_CALL: malformed('the model asked for a tool in a way that cannot be read'),
  UNEXPECTED_TOOL_CALL: malformed('the model asked for a tool that it was not given'),
  TOO_MANY_TOOL_CALLS: malformed('the model asked for too many tools in a row'),
  MALFORMED_RESPONSE: malformed('the model wrote an answer that cannot be read'),
  MISSING_THOUGHT_SIGNATURE: {
    kind: 'bad_request',
    detail: 'a tool call of the conversation lacks its signature; pass ids of calls on unchanged',
  },
};

/** https://ai.google.dev/api/generate-content#BlockReason */
const BLOCK_REASONS: Readonly<Record<string, string>> = {
  SAFETY: 'the prompt was refused by the safety filter',
  BLOCKLIST: 'the prompt was refused since it holds forbidden terms',
  PROHIBITED_CONTENT: 'the prompt was refused since it may hold prohibited content',
};

/**
 * What a candidate's `finishReason` means; the list of them grows, and gateways say the words of other services.
 *
 * @throws LlmError for an end that other services have words for.
 */
export function endingOf(reason: string, { context, usage }: StreamAssembly): Ending {
  const known = reason.toUpperCase();
  if (Object.hasOwn(FINISH_REASONS, known)) return FINISH_REASONS[known] as Ending;
  return { finishReason: readFinishReason(reason, context, usage) ?? 'other' };
}

/** What a prompt's `blockReason` means. */
export function refusalOf(reason: string): string {
  return Object.hasOwn(BLOCK_REASONS, reason) ? (BLOCK_REASONS[reason] as string) : 'the prompt was refused';
}
