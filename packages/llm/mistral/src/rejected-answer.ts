import type { LlmError, RequestContext } from '@drydock/llm';
import {
  type ChatUsage,
  cutOff,
  fieldOf,
  malformed,
  readUsage,
  withoutUsage,
} from '@drydock/llm/provider-kit';
import { MISTRAL_MODELS } from './models.js';

/** Errors that the SDK throws for an answer whose status is a success and whose body is not what it expects. */
const REJECTIONS = ['ResponseValidationError', 'SDKError', 'ZodError'];

/**
 * What is missing in an answer that the SDK refuses to read; undefined for errors of other kinds.
 *
 * The SDK's error holds the whole answer, so it must not be passed on.
 */
export function rejectedAnswer(error: unknown, context: RequestContext): LlmError | undefined {
  if (!REJECTIONS.includes(String(fieldOf(error, 'name')))) return undefined;
  const answer = fieldOf(error, 'rawValue');
  const usage = fieldOf(answer, 'usage') as ChatUsage | undefined;
  const choices = fieldOf(answer, 'choices');
  const answered = choices ?? fieldOf(answer, 'data');
  if (answered !== undefined && usage == null) return withoutUsage(context);
  const [choice] = Array.isArray(choices) ? choices : [];
  if (choice && fieldOf(choice, 'finish_reason') == null)
    return cutOff(context, readUsage(usage, context, MISTRAL_MODELS));
  return malformed(context);
}
