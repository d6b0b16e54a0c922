import { invalid } from '../errors/fault-error.js';

/** The JSON text of a record; throws a data fault for what JSON cannot hold: cycles, bigint, NaN, infinities. */
export function encodeJson(value: object): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    throw notJson('the record holds a cycle, a bigint or a failing toJSON');
  }
  if (text === undefined) throw notJson('the record’s toJSON returned nothing');
  // JSON writes NaN and infinities as null; only a text with a null in it can hide one.
  if (text.includes('null')) JSON.stringify(value, refuseNonFinite);
  return text;
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

function refuseNonFinite(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw notJson('the record holds NaN or an infinity');
  return value;
}

function notJson(what: string) {
  return invalid('data', 'NOT_JSON', `${what}; convert it before storing`);
}
