import type { Deadline } from '@drydock/resilience';
import {
  type GenerateResult,
  type JsonSchema,
  type LlmError,
  type OutputSchema,
  type RequestContext,
  type StructuredResult,
  toLlmError,
} from '../contract/index.js';
import { checkAnswer } from './check-answer.js';
import { type ConvertedSchema, convertSchema } from './dialect/convert-schema.js';
import type { SchemaDialect } from './dialect/schema-dialect.js';
import { SchemaError } from './dialect/schema-error.js';

const DEFAULT_NAME = 'answer';

/** A schema as a provider sends it, with the function that turns its answer into a value. */
export interface PreparedOutput<T> extends ConvertedSchema {
  /** Name of the schema for the provider. */
  readonly name: string;
  /**
   * The checked value of an answer; a check that takes too long ends with the deadline.
   *
   * @throws LlmError of kind `truncated` or `invalid_output`, with the usage and nothing of the answer; DeadlineExceededError.
   */
  read(result: GenerateResult, deadline?: Deadline): Promise<StructuredResult<T>>;
}

/**
 * Translates a schema to a provider's dialect.
 *
 * @throws LlmError of kind `bad_request` for a schema that cannot be sent, before anything is.
 */
export function prepareOutput<T>(
  output: OutputSchema<T>,
  dialect: SchemaDialect,
  context: RequestContext,
): PreparedOutput<T> {
  const { name = DEFAULT_NAME, jsonSchema } = output;
  if (!/^[\w-]{1,64}$/.test(name))
    throw refused("the schema's name is not 1 to 64 letters, digits, `_` and `-`", context);
  const converted = converting(jsonSchema, dialect, context);
  return {
    ...converted,
    name,
    read: async (result, deadline) => ({
      ...result,
      value: await checkAnswer(result, output, deadline),
      dropped: converted.dropped,
    }),
  };
}

function converting(schema: JsonSchema, dialect: SchemaDialect, context: RequestContext): ConvertedSchema {
  try {
    const converted = convertSchema(schema, dialect);
    const { inexpressible } = converted;
    if (inexpressible.length === 0) return converted;
    // Where the dialect can only forbid what the schema allows, the model sees the schema as it is and is held to nothing.
    return { ...convertSchema(schema, { ...dialect, closed: false, allRequired: false }), inexpressible };
  } catch (error) {
    throw error instanceof SchemaError ? refused(error.message, context) : error;
  }
}

function refused(detail: string, context: RequestContext): LlmError {
  return toLlmError('bad_request', { ...context, detail, code: 'SCHEMA' });
}
