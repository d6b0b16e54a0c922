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
import { withOptionalCycles } from './dialect/optional-cycles.js';
import type { SchemaDialect } from './dialect/schema-dialect.js';
import { SchemaError } from './dialect/schema-error.js';
import { hasObjectRoot, unwrappedPointer, withWrappedRoot } from './dialect/wrapped-root.js';

const DEFAULT_NAME = 'answer';

/** A schema as a provider sends it, with the function that turns its answer into a value. */
export interface PreparedOutput<T> extends ConvertedSchema {
  /** Whether the model is to be held to the schema by the option `strict`. */
  readonly strict: boolean;
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
    // A model that is held to the schema could not write what the dialect can only forbid.
    strict: dialect.strict === true && converted.inexpressible.length === 0,
    read: async (result, deadline) => ({
      ...result,
      value: await checkAnswer(result, output, deadline),
      dropped: converted.dropped,
    }),
  };
}

function converting(schema: JsonSchema, dialect: SchemaDialect, context: RequestContext): ConvertedSchema {
  try {
    const isWrapped = dialect.objectRoot && !hasObjectRoot(schema);
    const root = isWrapped ? withWrappedRoot(schema) : schema;
    let converted = convertSchema(root, dialect);
    const { inexpressible } = converted;
    // Where the dialect can only forbid what the schema allows, the model sees the schema as it is and is held to nothing.
    if (inexpressible.length > 0)
      converted = {
        ...convertSchema(root, { ...dialect, closed: false, allRequired: false }),
        inexpressible,
      };
    const relaxed = dialect.optionalCycles ? withOptionalCycles(converted.schema) : undefined;
    const dropped = [...converted.dropped, ...(relaxed?.dropped ?? [])];
    return {
      ...converted,
      ...relaxed,
      dropped: isWrapped ? dropped.map(unwrappedPointer) : dropped,
    };
  } catch (error) {
    throw error instanceof SchemaError ? refused(error.message, context) : error;
  }
}

function refused(detail: string, context: RequestContext): LlmError {
  return toLlmError('bad_request', { ...context, detail, code: 'SCHEMA' });
}
