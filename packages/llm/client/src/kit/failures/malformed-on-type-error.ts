import type { RequestContext } from '../../contract/index.js';
import { malformed } from './explain-failure.js';

/**
 * The result of `read`; a `TypeError` within it means that the answer has not the form that the service's document shows.
 *
 * @throws LlmError of kind `invalid_output` in place of a `TypeError`; any other error unchanged.
 */
export function malformedOnTypeError<T>(context: RequestContext, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof TypeError ? malformed(context) : error;
  }
}
