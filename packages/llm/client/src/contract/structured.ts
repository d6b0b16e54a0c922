import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { GenerateRequest, GenerateResult } from './generate.js';
import type { JsonSchema } from './json-schema.js';

/** What a structured answer is checked against. */
export interface OutputSchema<T> {
  /** Short name for the provider; letters, digits, `_` and `-`. @default 'answer' */
  readonly name?: string | undefined;
  /** Shape that the model is held to. */
  readonly jsonSchema: JsonSchema;
  /** Checks and types the answer, as zod, valibot and arktype do. @default no further check */
  readonly validate?: StandardSchemaV1<unknown, T> | undefined;
}

/** A question whose answer is a value. */
export interface StructuredRequest<T> extends GenerateRequest {
  readonly schema: OutputSchema<T>;
}

/** A value with what it cost. */
export interface StructuredResult<T> extends GenerateResult {
  readonly value: T;
  /** Parts of the schema that the provider's dialect lacks, as JSON pointers; they were checked after the answer only. */
  readonly dropped: readonly string[];
}
