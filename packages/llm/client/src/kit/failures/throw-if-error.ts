import { CarriedFailure } from './carried-failure.js';
import { fieldOf } from './error-body.js';

/**
 * Some servers, and most gateways, report an error with a status of success.
 *
 * @throws CarriedFailure for an answer, or a chunk, that is an error.
 */
export function throwIfError(answer: unknown): void {
  if (fieldOf(answer, 'error') == null && fieldOf(answer, 'object') !== 'error') return;
  throw new CarriedFailure({ answer: { body: answer } });
}
