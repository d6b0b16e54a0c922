import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import type { JsonSchema, OutputSchema } from '../contract/index.js';

/** A schema that validates, types and describes itself, as those of zod and arktype do; valibot's by `toStandardJsonSchema`. */
export interface SelfDescribing<T> {
  readonly '~standard': StandardSchemaV1.Props<unknown, T> & StandardJSONSchemaV1.Props<unknown, T>;
}

/** A schema that validates and types, without a JSON Schema of its own. */
export interface Validating<T> {
  readonly '~standard': StandardSchemaV1.Props<unknown, T>;
}

/** Options of `outputSchema`. */
export interface OutputSchemaOptions {
  /** Short name for the provider; letters, digits, `_` and `-`. @default 'answer' */
  readonly name?: string | undefined;
  /** Shape that the model is held to, for a schema that cannot describe itself. @default the schema's own */
  readonly jsonSchema?: JsonSchema | undefined;
}

/**
 * What a structured answer is checked against, from a Standard Schema or a JSON Schema.
 *
 * @throws TypeError for a schema that says nothing of its shape, naming the remedy.
 */
export function outputSchema<T>(schema: SelfDescribing<T>, options?: OutputSchemaOptions): OutputSchema<T>;
export function outputSchema<T>(
  schema: Validating<T>,
  options: OutputSchemaOptions & { readonly jsonSchema: JsonSchema },
): OutputSchema<T>;
export function outputSchema<T = unknown>(
  schema: JsonSchema,
  options?: Omit<OutputSchemaOptions, 'jsonSchema'>,
): OutputSchema<T>;
export function outputSchema<T>(
  schema: SelfDescribing<T> | Validating<T> | JsonSchema,
  { name, jsonSchema }: OutputSchemaOptions = {},
): OutputSchema<T> {
  const named = name === undefined ? {} : { name };
  if (!isStandard<T>(schema)) return { ...named, jsonSchema: schema as JsonSchema };
  return { ...named, jsonSchema: jsonSchema ?? describe(schema), validate: schema };
}

function isStandard<T>(schema: object): schema is Validating<T> {
  return '~standard' in schema;
}

function withoutJson(vendor: string, cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  return `this ${vendor} schema has a part that JSON cannot hold (${said}); ${remedyFor(said)} or pass \`jsonSchema\``;
}

function remedyFor(said: string): string {
  return /date/i.test(said)
    ? 'take a text that becomes a date, such as z.iso.datetime().transform((text) => new Date(text)),'
    : 'take a part that JSON has, and make of it what you need by .transform(),';
}

/** The shape of what goes into the schema, since that is what a model writes. */
function describe({ '~standard': standard }: Validating<unknown>): JsonSchema {
  if ('jsonSchema' in standard) {
    const { input } = standard.jsonSchema as StandardJSONSchemaV1.Converter;
    try {
      return input({ target: 'draft-2020-12' });
    } catch (cause) {
      throw new TypeError(withoutJson(standard.vendor, cause), { cause });
    }
  }
  throw new TypeError(
    `this ${standard.vendor} schema has no JSON Schema of its own; wrap it (toStandardJsonSchema of @valibot/to-json-schema) or pass \`jsonSchema\``,
  );
}
