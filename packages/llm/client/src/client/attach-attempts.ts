import { LlmError } from '../contract/index.js';
import type { Answer } from './answer.js';
import type { Call } from './call.js';
import { sumUsage } from './sum-usage.js';

/** A result with what all attempts used. */
export function answerOf<T extends object>(result: T, { attempts }: Call): Answer<T> {
  return { ...result, usage: sumUsage(attempts), attempts };
}

/** An error that tells of all attempts; whatever is no `LlmError` is passed on as it is. */
export function explained(error: unknown, { attempts }: Call): unknown {
  return LlmError.isInstance(error) ? Object.assign(error, { attempts }) : error;
}
