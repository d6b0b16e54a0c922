import type { Schema, SchemaDraft } from '@cfworker/json-schema';
import type { JsonSchema } from '../contract/index.js';
import { unescaped } from './dialect/child-schemas.js';

/** A place in a value and what is wrong there. */
export interface Problem {
  readonly path: readonly string[];
  /** In the validator's words, which may show the value. */
  readonly message: string;
}

/** A JSON Schema that values are checked against. */
export interface JsonValidator {
  /** The validator's own copy, whose parts `fits` takes. */
  readonly schema: JsonSchema;
  fits(value: unknown, part: unknown): boolean;
  problems(value: unknown): readonly Problem[];
}

const DRAFTS: readonly (readonly [part: string, draft: SchemaDraft])[] = [
  ['draft-04', '4'],
  ['draft-07', '7'],
  ['2019-09', '2019-09'],
];

/** Keywords whose errors only say that something further down is wrong. */
const SUMMARIES = ['properties', 'items', 'prefixItems', 'additionalItems', 'allOf', '$ref'];

/** The library is loaded by the first answer that is checked. */
export async function jsonValidator(given: JsonSchema): Promise<JsonValidator> {
  const { dereference, validate } = await import('@cfworker/json-schema');
  // The library writes addresses into the schema, and reads no draft from it.
  const schema = structuredClone(given);
  const lookup = dereference(schema as Schema);
  const draft = draftOf(given);
  return {
    schema,
    fits: (value, part) => validate(value, part as Schema, draft, lookup).valid,
    problems: (value) => {
      const { errors } = validate(value, schema as Schema, draft, lookup, false);
      const telling = errors.filter(({ keyword }) => !SUMMARIES.includes(keyword));
      return (telling.length > 0 ? telling : errors).map(({ instanceLocation, error }) => ({
        path: instanceLocation.split('/').slice(1).map(unescaped),
        message: error,
      }));
    },
  };
}

function draftOf({ $schema }: JsonSchema): SchemaDraft {
  return DRAFTS.find(([part]) => String($schema).includes(part))?.[1] ?? '2020-12';
}
