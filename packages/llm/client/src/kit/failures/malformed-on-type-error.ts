import type { RequestContext } from '../../contract/index.js';
import { malformed } from './explain-failure.js';

/**
 * What is read from an answer; one whose parts are of other types than the service's documents promise is malformed.
 *
 * @throws LlmError of kind `invalid_output` in the place of a `TypeError`; all else as it is.
 */
export function malformedOnTypeError<T>(context: RequestContext, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof TypeError ? malformed(context) : error;
  }
}
