import { invalid } from '@drydock/storage/backend-kit';

const MAX_INTEGER = 2n ** 63n - 1n;
const MIN_INTEGER = -(2n ** 63n);

/**
 * A value in the driver's terms, or undefined when Neo4j cannot hold it natively.
 *
 * The driver writes every JavaScript number as a float: safe integers become bigints, which it writes as integers.
 */
export function encodeNative(value: unknown): unknown {
  if (Array.isArray(value)) return encodeList(value);
  return encodeScalar(value);
}

/** An integer as a number where that is exact, as a bigint otherwise; lists alike. */
export function narrow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(narrow);
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function encodeScalar(value: unknown): unknown {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      // UTF-8 cannot hold a lone surrogate; JSON escapes it.
      return /\p{Surrogate}/u.test(value) ? undefined : value;
    case 'number':
      return encodeNumber(value);
    case 'bigint':
      if (value > MAX_INTEGER || value < MIN_INTEGER) {
        throw invalid('data', 'INTEGER_RANGE', 'an integer does not fit into 64 bits; store it as text');
      }
      return value;
    default:
      return undefined;
  }
}

/** Infinities and NaN are left to the JSON encoder, which refuses them for every backend alike. */
function encodeNumber(value: number): unknown {
  if (!Number.isFinite(value)) return undefined;
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
}

/** Neo4j holds lists of one kind only, without nulls. */
function encodeList(list: readonly unknown[]): unknown {
  if (list.every((value) => typeof value === 'number')) return encodeNumbers(list);
  const encoded = list.map(encodeScalar);
  const kinds = new Set(encoded.map((value) => typeof value));
  return kinds.size === 1 && !kinds.has('undefined') && !kinds.has('number') ? encoded : undefined;
}

/** One fraction makes the whole list floats, which hold every JavaScript number exactly. */
function encodeNumbers(list: readonly number[]): unknown {
  const encoded = list.map(encodeNumber);
  if (encoded.includes(undefined)) return undefined;
  return encoded.every((value) => typeof value === 'bigint') ? encoded : list;
}
