import { OptionCheck, type Shape } from '@drydock/storage/backend-kit';
import type { FieldType } from 'typesense';

const check = new OptionCheck('typesense');

/** Typesense's own description of a field, such as `{ type: 'string', facet: true }`. */
export interface FieldOptions {
  /** Such as `string`, `string[]`, `int32`, `int64`, `float`, `bool`. */
  readonly type: FieldType;
  /** Whether records may do without it; default true. */
  readonly optional?: boolean;
  /** Whether its values can be counted; default false. */
  readonly facet?: boolean;
  /** Whether it can be searched and filtered by; default true. */
  readonly index?: boolean;
  /** Whether it can be sorted by; default: numbers and booleans only. */
  readonly sort?: boolean;
  /** Whether parts of words can be found; default false. */
  readonly infix?: boolean;
  /** Language, such as `ja`, for how text is cut into words; default: by spaces. */
  readonly locale?: string;
  /** Number of dimensions, of a field of type `float[]` that holds vectors. */
  readonly num_dim?: number;
}

const FIELD: Shape<FieldOptions> = {
  type: 'string',
  optional: 'boolean',
  facet: 'boolean',
  index: 'boolean',
  sort: 'boolean',
  infix: 'boolean',
  locale: 'string',
  num_dim: 'number',
};

/** Property that orders the list of all records: a hash of the id. */
export const KEY = '_key';
/** Property that holds when the record ends, in milliseconds since 1970. */
export const EXPIRES_AT = '_expires_at';
/** Property that names the properties that are null: the server drops those when a document is replaced. */
export const NULLS = '_nulls';
/** Property that holds hashes of what text and `float` fields hold, since the server compares those by likeness. */
export const EXACT = '_exact';
/** Properties that a search adds to the records it finds. */
export const FOUND_PROPERTIES = ['_score', '_distance', '_highlights'] as const;

/** Names that neither fields nor properties may have; the last two the server takes for its own. */
export const RESERVED: readonly string[] = [
  KEY,
  EXPIRES_AT,
  NULLS,
  EXACT,
  ...FOUND_PROPERTIES,
  '.flat',
  '$operations',
];

/** Fills in defaults; throws a `TypeError` that names the option at fault. */
export function resolveFields(
  fields: Readonly<Record<string, FieldOptions | FieldType>>,
): ReadonlyMap<string, FieldOptions> {
  if (typeof fields !== 'object' || fields === null) {
    throw check.error('fields', "must be an object such as { title: 'string', year: 'int32' }");
  }
  return new Map(Object.entries(fields).map(([name, field]) => [name, resolveField(name, field)]));
}

function resolveField(name: string, field: FieldOptions | FieldType): FieldOptions {
  // Anything else could not be told from the rest of a filter.
  if (!isFieldName(name) || name === 'id') {
    throw check.error('fields', `cannot name ${JSON.stringify(name)}; use letters, digits, _ and dots`);
  }
  const options = typeof field === 'string' ? { type: field } : field;
  if (typeof options?.type !== 'string') {
    throw check.error(`fields.${name}`, 'must be a type, or an object that has one');
  }
  check.options(options, FIELD, `fields.${name}.`);
  return { optional: true, ...options };
}

/** Whether a property of this name can be a field. */
export function isFieldName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) && !RESERVED.includes(name);
}
