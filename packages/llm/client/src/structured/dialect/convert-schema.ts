import type { JsonSchema } from '../../contract/index.js';
import { acceptingNull } from './accept-null.js';
import { isRecord, mapChildren, resolved } from './child-schemas.js';
import { mergeSchemas } from './merge-schemas.js';
import type { SchemaDialect } from './schema-dialect.js';
import { SchemaError } from './schema-error.js';
import { translateKeywords } from './translate-keywords.js';
import { withNullable } from './with-nullable.js';

/** Levels of nesting; a schema with more of them contains itself. */
const MAX_DEPTH = 64;
/** Keywords that restrict no value, so that leaving them out is not reported. */
const UNREPORTED = ['$schema', '$comment'];

/** A schema in a dialect. */
export interface ConvertedSchema {
  readonly schema: JsonSchema;
  /** JSON pointers of the keywords that the dialect lacks. */
  readonly dropped: readonly string[];
  /** JSON pointers of schemas that allow what the dialect can only forbid, such as objects of any members. */
  readonly inexpressible: readonly string[];
}

/**
 * Translates a schema to a dialect: keywords that it knows under another name are renamed, those that it lacks are left out.
 *
 * @throws SchemaError for a value that is not a schema, a reference that leads nowhere, and a schema that contains itself other than by `$ref`.
 */
export function convertSchema(schema: JsonSchema, dialect: SchemaDialect): ConvertedSchema {
  const conversion = new Conversion(schema, dialect);
  const converted = conversion.convert(schema, '', []);
  return {
    schema: converted,
    dropped: [...conversion.dropped],
    inexpressible: [...conversion.inexpressible],
  };
}

class Conversion {
  readonly dropped = new Set<string>();
  readonly inexpressible = new Set<string>();
  readonly #root: JsonSchema;
  readonly #dialect: SchemaDialect;

  constructor(root: JsonSchema, dialect: SchemaDialect) {
    this.#root = root;
    this.#dialect = dialect;
  }

  /** `within` holds the pointers of the schemas around this one. */
  convert(schema: unknown, at: string, within: readonly string[]): JsonSchema {
    if (schema === true) return this.#closed({}, {}, at);
    if (schema === false) return this.#withoutFalse(at);
    if (!isRecord(schema)) throw new SchemaError(at, 'has something else than a schema');
    if (within.length > MAX_DEPTH) throw new SchemaError('', `is nested deeper than ${MAX_DEPTH} levels`);
    const target = this.#target(schema, at);
    if (target && this.#dialect.inlined) return this.#inlined(schema, target, at, within);
    const converted = this.#keywords(schema, at, [...within, at]);
    return this.#closed(this.#dialect.nullable ? withNullable(converted) : converted, schema, at);
  }

  #keywords(schema: JsonSchema, at: string, within: readonly string[]): JsonSchema {
    const kept: Record<string, unknown> = {};
    for (const { keyword, as, value } of translateKeywords(schema, this.#dialect)) {
      const pointer = `${at}/${keyword}`;
      if (as === undefined) {
        if (!UNREPORTED.includes(keyword)) this.dropped.add(pointer);
      } else {
        kept[as] = this.#child(keyword, value, pointer, within);
      }
    }
    const { allOf } = schema;
    if (!Array.isArray(allOf) || 'allOf' in kept) return kept;
    const merged = mergeSchemas([
      kept,
      ...allOf.map((part, index) => this.#part(part, `${at}/allOf/${index}`, within)),
    ]);
    if (merged) this.dropped.delete(`${at}/allOf`);
    return merged ?? kept;
  }

  /** A part of an `allOf`, converted before it is merged with the others. */
  #part(part: unknown, at: string, within: readonly string[]): JsonSchema {
    const target = isRecord(part) ? this.#target(part, at) : undefined;
    return target ? this.convert(target.value, target.pointer, within) : this.convert(part, at, within);
  }

  #child(keyword: string, value: unknown, at: string, within: readonly string[]): unknown {
    // `additionalProperties` is as often a boolean as a schema.
    if (keyword === 'additionalProperties' && typeof value === 'boolean') return value;
    if (keyword === '$ref') return renamed(String(value), this.#dialect);
    return mapChildren(keyword, value, at, (schema, place) => this.convert(schema, place, within));
  }

  #target(schema: JsonSchema, at: string): { value: unknown; pointer: string } | undefined {
    const { $ref: reference } = schema;
    if (reference === undefined) return undefined;
    const value = typeof reference === 'string' ? resolved(this.#root, reference) : undefined;
    if (value === undefined) throw new SchemaError(`${at}/$ref`, 'refers to nothing within it');
    return { value, pointer: String(reference).slice(1) };
  }

  #inlined(
    { $ref: _, ...beside }: JsonSchema,
    { value, pointer }: { value: unknown; pointer: string },
    at: string,
    within: readonly string[],
  ): JsonSchema {
    if (within.includes(pointer)) {
      this.dropped.add(`${at}/$ref`);
      return isRecord(value) && value.type !== undefined ? { type: value.type } : {};
    }
    const own = this.#keywords(beside, at, [...within, at]);
    return { ...this.convert(value, pointer, [...within, at]), ...own };
  }

  #withoutFalse(at: string): JsonSchema {
    this.dropped.add(at);
    return this.#closed({}, {}, at);
  }

  /** The schema with what a closed dialect requires of every schema. */
  #closed(
    converted: JsonSchema,
    { additionalProperties, patternProperties }: JsonSchema,
    at: string,
  ): JsonSchema {
    if (!this.#dialect.closed) return converted;
    if (!describesObject(converted)) {
      if (!isTyped(converted)) this.inexpressible.add(at);
      return converted;
    }
    const { properties } = converted;
    const open = additionalProperties === undefined ? !isRecord(properties) : additionalProperties !== false;
    if (open || patternProperties !== undefined) this.inexpressible.add(at);
    if (isRecord(additionalProperties)) this.dropped.add(`${at}/additionalProperties`);
    const closed = { ...converted, additionalProperties: false };
    return this.#dialect.allRequired ? withAllRequired(closed) : closed;
  }
}

function withAllRequired(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(isRecord(schema.properties) ? schema.properties : {});
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  return {
    ...schema,
    properties: Object.fromEntries(
      properties.map(([key, value]) => [
        key,
        required.includes(key) ? value : acceptingNull(value as JsonSchema),
      ]),
    ),
    required: properties.map(([key]) => key),
  };
}

function describesObject({ type, properties }: JsonSchema): boolean {
  return type === 'object' || (Array.isArray(type) && type.includes('object')) || properties !== undefined;
}

function isTyped(schema: JsonSchema): boolean {
  return ['type', '$ref', 'anyOf', 'enum', 'const'].some((keyword) => keyword in schema);
}

function renamed(reference: string, { keywords }: SchemaDialect): string {
  return keywords.includes('definitions') ? reference : reference.replace(/^#\/definitions\//, '#/$defs/');
}
