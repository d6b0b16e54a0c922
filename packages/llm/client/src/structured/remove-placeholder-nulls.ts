import type { JsonSchema } from '../contract/index.js';
import { isRecord, resolved } from './dialect/child-schemas.js';

/** Whether a value fits a part of the schema. */
export type Fits = (value: unknown, schema: unknown) => boolean;

/**
 * The value without the nulls that stand for absent members: models write them on their own, and must where a dialect
 * requires all members.
 */
export function removePlaceholderNulls(value: unknown, root: JsonSchema, fits: Fits): unknown {
  return new NullRemover(root, fits).clean(value, root);
}

class NullRemover {
  readonly #root: JsonSchema;
  readonly #fits: Fits;

  constructor(root: JsonSchema, fits: Fits) {
    this.#root = root;
    this.#fits = fits;
  }

  clean(value: unknown, schema: unknown): unknown {
    if (!isRecord(schema) || typeof value !== 'object' || value === null) return value;
    let cleaned: unknown = Array.isArray(value) ? this.#items(value, schema) : this.#members(value, schema);
    if (typeof schema.$ref === 'string') cleaned = this.clean(cleaned, resolved(this.#root, schema.$ref));
    for (const part of listOf(schema.allOf)) cleaned = this.clean(cleaned, part);
    for (const choice of [schema.anyOf, schema.oneOf]) cleaned = this.#byAlternative(cleaned, listOf(choice));
    return cleaned;
  }

  #items(value: readonly unknown[], { items, prefixItems }: JsonSchema): unknown[] {
    const tuple = listOf(prefixItems ?? items);
    return value.map((item, index) => this.clean(item, index < tuple.length ? tuple[index] : items));
  }

  #members(value: object, { properties, required }: JsonSchema): object {
    if (!isRecord(properties)) return value;
    const needed = listOf(required);
    const cleaned = Object.entries(value).flatMap(([key, member]) => {
      const schema = Object.hasOwn(properties, key) ? properties[key] : true;
      if (member === null && !needed.includes(key) && !this.#fits(null, schema)) return [];
      return [[key, this.clean(member, schema)] as const];
    });
    return Object.fromEntries(cleaned);
  }

  /** The value cleaned by the first of the alternatives that it then fits. */
  #byAlternative(value: unknown, alternatives: readonly unknown[]): unknown {
    for (const schema of alternatives) {
      const cleaned = this.clean(value, schema);
      if (this.#fits(cleaned, schema)) return cleaned;
    }
    return value;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
