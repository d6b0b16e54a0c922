import type { Schema, SchemaDraft } from '@cfworker/json-schema';
import type { JsonSchema } from '../contract/index.js';
import { unescaped } from './dialect/child-schemas.js';
import { removePlaceholderNulls } from './remove-placeholder-nulls.js';
import { type LibraryCheck, type Problem, SchemaCheck } from './schema-check.js';

/** A JSON Schema that values are checked against. */
export interface JsonValidator {
  /** What is wrong with a value; empty where it fits. */
  problems(value: unknown): readonly Problem[];
  /** The value without the nulls that stand for absent members. */
  withoutPlaceholderNulls(value: unknown): unknown;
}

const DRAFTS: readonly (readonly [part: string, draft: SchemaDraft])[] = [
  ['draft-04', '4'],
  ['draft-07', '7'],
  ['2019-09', '2019-09'],
];

/** Keywords whose errors only say that something further down is wrong. */
const SUMMARIES = ['properties', 'items', 'prefixItems', 'additionalItems', 'allOf', '$ref'];

const VALIDATORS = new WeakMap<JsonSchema, Promise<JsonValidator>>();

/** The validator of a schema, made once; the library is loaded by the first answer that is checked. */
export function jsonValidator(schema: JsonSchema): Promise<JsonValidator> {
  const known = VALIDATORS.get(schema);
  if (known) return known;
  const made = makeValidator(schema);
  VALIDATORS.set(schema, made);
  return made;
}

async function makeValidator(given: JsonSchema): Promise<JsonValidator> {
  const { dereference, validate } = await import('@cfworker/json-schema');
  // The library writes addresses into the schema, and reads no draft from it.
  const schema = structuredClone(given);
  const lookup = dereference(schema as Schema);
  const draft = draftOf(given);
  const library: LibraryCheck = (value, part) => {
    const { errors } = validate(value, part as Schema, draft, lookup, false);
    const telling = errors.filter(({ keyword }) => !SUMMARIES.includes(keyword));
    return (telling.length > 0 ? telling : errors).map(({ instanceLocation, error }) => ({
      path: instanceLocation.split('/').slice(1).map(unescaped),
      message: error,
    }));
  };
  return {
    problems: (value) => new SchemaCheck(schema, library).problems(value),
    withoutPlaceholderNulls: (value) =>
      removePlaceholderNulls(value, schema, new SchemaCheck(schema, library)),
  };
}

function draftOf({ $schema }: JsonSchema): SchemaDraft {
  return DRAFTS.find(([part]) => String($schema).includes(part))?.[1] ?? '2020-12';
}
