import type { JsonSchema } from '../contract/index.js';
import { isRecord, resolved } from './dialect/child-schemas.js';
import { Memoized, type Steps } from './memoized.js';
import { childrenOf, type SchemaCheck } from './schema-check.js';

/**
 * The value without the nulls that stand for absent members: models write them on their own, and must where a dialect
 * requires all members. What fits its schema as it came is left as it is.
 */
export function removePlaceholderNulls(value: unknown, root: JsonSchema, check: SchemaCheck): unknown {
  return new NullRemover(root, check).clean(value);
}

class NullRemover {
  readonly #root: JsonSchema;
  readonly #check: SchemaCheck;
  readonly #cleaned: Memoized<{ readonly value: unknown }>;

  constructor(root: JsonSchema, check: SchemaCheck) {
    this.#root = root;
    this.#check = check;
    this.#cleaned = new Memoized(
      (value, schema) => this.#clean(value, schema),
      (value) => ({ value }),
    );
  }

  clean(value: unknown): unknown {
    return this.#cleaned.of(value, this.#root).value;
  }

  *#clean(value: unknown, schema: unknown): Steps<{ readonly value: unknown }> {
    if (!isRecord(schema) || typeof value !== 'object' || value === null || this.#fits(value, schema))
      return { value };
    let cleaned: unknown = yield* this.#children(value, schema);
    if (typeof schema.$ref === 'string') cleaned = (yield [cleaned, resolved(this.#root, schema.$ref)]).value;
    for (const part of listOf(schema.allOf)) cleaned = (yield [cleaned, part]).value;
    for (const choice of [schema.anyOf, schema.oneOf])
      cleaned = yield* this.#byAlternative(cleaned, listOf(choice));
    return { value: cleaned };
  }

  *#children(
    value: object,
    schema: JsonSchema,
  ): Generator<readonly [unknown, unknown], object, { readonly value: unknown }> {
    const needed = listOf(schema.required);
    const { properties } = schema;
    const kept: [string, unknown][] = [];
    for (const [name, child, part] of childrenOf(value, schema)) {
      const optional = isRecord(properties) && !Array.isArray(value) && !needed.includes(name);
      const described = optional && Object.hasOwn(properties, name) ? part : true;
      if (optional && child === null && !this.#fits(null, described)) continue;
      kept.push([name, (yield [child, part]).value]);
    }
    return Array.isArray(value) ? kept.map(([, item]) => item) : Object.fromEntries(kept);
  }

  /** The value cleaned by the first of the alternatives that it then fits. */
  *#byAlternative(
    value: unknown,
    alternatives: readonly unknown[],
  ): Generator<readonly [unknown, unknown], unknown, { readonly value: unknown }> {
    for (const schema of this.#check.possible(value, alternatives)) {
      const { value: cleaned } = yield [value, schema];
      if (this.#fits(cleaned, schema)) return cleaned;
    }
    return value;
  }

  #fits(value: unknown, schema: unknown): boolean {
    return this.#check.fits(value, schema);
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
