import { invalid } from '../errors/fault-error.js';
import { jsonFlaw } from './json-flaw.js';

/** Longest path that an error shows, in characters. */
const MAX_PATH = 200;

/**
 * JSON text of a record, or of the property of one that is named.
 *
 * Throws a data fault that tells the path of what would not come back as it is: dates, maps, instances of classes,
 * `undefined` in a list, NaN, bigints, functions, cycles. A property that is `undefined` is left out.
 */
export function encodeJson(value: object, property?: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined;
  }
  // Once it is text it has no cycle.
  const flaw = jsonFlaw(value, text === undefined ? [] : undefined);
  if (flaw === undefined && text !== undefined) return text;
  const what = flaw === undefined ? ' cannot be read, or is nested too deep' : flaw;
  const path = property === undefined ? '' : `.${property}`;
  throw invalid('data', 'NOT_JSON', `record${`${path}${what}`.slice(-MAX_PATH)}`);
}

/** The object in a JSON text that came from the store; throws a data fault for any other text. */
export function decodeJson(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(
      'data',
      'CORRUPT_RECORD',
      'the stored value is not a JSON object; was it written by something else?',
    );
  }
  return value;
}
