import { LlmError } from '../contract/index.js';
import type { Answer } from './answer.js';
import type { Call } from './call.js';
import { sumUsage } from './sum-usage.js';

/** A result with the records of all attempts, and the sum of what they used. */
export function withAttempts<T extends object>(result: T, { attempts }: Call): Answer<T> {
  return { ...result, usage: sumUsage(attempts), attempts };
}

/** An `LlmError` with the records of all attempts; any other error is passed on as it is. */
export function explained(error: unknown, { attempts }: Call): unknown {
  return LlmError.isInstance(error) ? Object.assign(error, { attempts }) : error;
}
