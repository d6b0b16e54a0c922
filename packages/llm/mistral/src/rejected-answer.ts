import type { LlmError } from '@drydock/llm';
import { cutOff, fieldOf, malformed, type RequestContext, withoutUsage } from '@drydock/llm/provider-kit';
import { toUsage } from './mapping/usage.js';

/** What the SDK throws at an answer that has begun well and is not what it expects. */
const REFUSALS = ['ResponseValidationError', 'SDKError', 'ZodError'];

/**
 * What an answer lacks that the SDK refuses to read; undefined for errors of other kinds.
 *
 * The SDK's error holds the whole answer, so that it is told here and goes no further.
 */
export function rejectedAnswer(error: unknown, context: RequestContext): LlmError | undefined {
  if (!REFUSALS.includes(String(fieldOf(error, 'name')))) return undefined;
  const answer = fieldOf(error, 'rawValue');
  const usage = fieldOf(answer, 'usage');
  const choices = fieldOf(answer, 'choices');
  const answered = choices ?? fieldOf(answer, 'data');
  if (answered !== undefined && usage == null) return withoutUsage(context);
  const [choice] = Array.isArray(choices) ? choices : [];
  if (choice && fieldOf(choice, 'finish_reason') == null) return cutOff(context, usageIn(usage, context));
  return malformed(context);
}

/** The usage as it came over the wire. */
function usageIn(usage: unknown, { model = '' }: RequestContext) {
  const count = (name: string) => Number(fieldOf(usage, name)) || 0;
  const [promptTokens, completionTokens] = [count('prompt_tokens'), count('completion_tokens')];
  return toUsage({ promptTokens, completionTokens, totalTokens: count('total_tokens') }, model);
}
