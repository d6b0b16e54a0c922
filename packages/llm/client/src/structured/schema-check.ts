import type { JsonSchema } from '../contract/index.js';
import { isRecord, resolved } from './dialect/child-schemas.js';
import { Discriminators } from './discriminator.js';
import { Memoized, type Steps } from './memoized.js';

/** A place in a value and what is wrong there. */
export interface Problem {
  readonly path: readonly string[];
  /** In the validator's words, which may show the value. */
  readonly message: string;
}

/** A problem in a value, or within a member of it: paths are made in the end, since those of a deep value are long. */
type Found = Problem | { readonly name: string; readonly within: Found };

/** Checks a value against a schema by the library, which works on everything below it too. */
export type LibraryCheck = (value: unknown, schema: JsonSchema) => readonly Problem[];

/** Problems that are counted; further ones mostly follow from them. */
const MOST_PROBLEMS = 100;
const NONE: readonly Problem[] = [];
const REFUSED: readonly Problem[] = [{ path: [], message: 'Nothing is allowed here.' }];

/** Keywords that are followed here, so that no pair of a value and a schema is checked twice. */
const FOLLOWED = words(
  '$ref properties additionalProperties items prefixItems additionalItems anyOf oneOf allOf uniqueItems',
);
/** Keywords that restrict nothing. */
const IDLE = words('$schema $id $anchor $comment $defs definitions title description default examples');
/** Keywords that are left to the library with everything around them: they need to know what their neighbours did. */
const ENTANGLED = words(
  'not if contains patternProperties dependentSchemas dependencies unevaluatedProperties unevaluatedItems $recursiveRef $dynamicRef',
);

/** Checks the values of one answer against a schema and its parts, in a time that grows with the size of both alone. */
export class SchemaCheck {
  readonly #root: JsonSchema;
  readonly #library: LibraryCheck;
  readonly #results: Memoized<readonly Found[]>;
  readonly #parts = new Map<JsonSchema, SchemaParts>();
  readonly #discriminators = new Discriminators((schema) => this.#target(schema));

  constructor(root: JsonSchema, library: LibraryCheck) {
    this.#root = root;
    this.#library = library;
    this.#results = new Memoized(
      (value, schema) => this.#check(value, schema),
      () => NONE,
    );
  }

  /** What is wrong with a value; empty where it fits. */
  problems(value: unknown, schema: unknown = this.#root): readonly Problem[] {
    return this.#results.of(value, schema).map(toProblem);
  }

  fits(value: unknown, schema: unknown): boolean {
    return this.#results.of(value, schema).length === 0;
  }

  /** The alternatives that a value may fit, told by their types, by what they require and by their constants. */
  possible(value: unknown, alternatives: readonly unknown[]): readonly unknown[] {
    const narrowed = this.#discriminators.narrowed(value, alternatives);
    const possible = narrowed.filter((schema) => mayFit(value, this.#target(schema)));
    return possible.length > 0 ? possible : alternatives;
  }

  *#check(value: unknown, schema: unknown): Steps<readonly Found[]> {
    if (!isRecord(schema)) return schema === false ? REFUSED : NONE;
    const parts = this.#partsOf(schema);
    if (parts.entangled) return this.#library(value, schema);
    const problems: Found[] = [...this.#plainly(value, parts)];
    for (const same of parts.sameValue) problems.push(...(yield [value, same]));
    if (Array.isArray(schema.anyOf))
      problems.push(...(yield* this.#alternatives(value, schema.anyOf, Infinity)));
    if (Array.isArray(schema.oneOf)) problems.push(...(yield* this.#alternatives(value, schema.oneOf, 1)));
    for (const [name, child, part] of childrenOf(value, schema)) {
      if (problems.length > MOST_PROBLEMS) break;
      const found = this.#atOnce(child, part) ?? (yield [child, part]);
      for (const within of found) problems.push({ name, within });
    }
    if (schema.uniqueItems === true && Array.isArray(value) && hasTwins(value))
      problems.push({ path: [], message: 'Two items are equal.' });
    return problems;
  }

  /** The problems of a value that nothing is below of, as most are; undefined where there is more to check. */
  #atOnce(value: unknown, schema: unknown): readonly Problem[] | undefined {
    if (!isRecord(schema)) return schema === false ? REFUSED : NONE;
    if (typeof value === 'object' && value !== null) return undefined;
    const parts = this.#partsOf(schema);
    return parts.followed ? undefined : this.#plainly(value, parts);
  }

  #plainly(value: unknown, { plain, type }: SchemaParts): readonly Problem[] {
    if (!plain || (type !== undefined && isOfType(value, type))) return NONE;
    return this.#library(value, plain);
  }

  *#alternatives(value: unknown, alternatives: unknown[], most: number): Steps<readonly Found[]> {
    const found: (readonly Found[])[] = [];
    let fitting = 0;
    const possible = this.possible(value, alternatives);
    for (const schema of possible) {
      const problems = yield [value, schema];
      if (problems.length > 0) found.push(problems);
      else if (most === Infinity) return NONE;
      else fitting += 1;
    }
    if (fitting > 0 && fitting <= most) return NONE;
    if (fitting === 0 && found.length === 1 && found[0]) return found[0];
    const message =
      fitting === 0 ? 'It fits none of the alternatives.' : 'It fits several alternatives of one.';
    return [{ path: [], message }];
  }

  #target(schema: unknown): unknown {
    if (!isRecord(schema) || typeof schema.$ref !== 'string') return schema;
    return resolved(this.#root, schema.$ref);
  }

  #partsOf(schema: JsonSchema): SchemaParts {
    const known = this.#parts.get(schema);
    if (known) return known;
    const keywords = Object.keys(schema);
    const target = schema.$ref === undefined ? undefined : this.#target(schema);
    const plain = Object.entries(schema).filter(([name]) => !FOLLOWED.has(name) && !IDLE.has(name));
    const parts: SchemaParts = {
      entangled:
        keywords.some((keyword) => ENTANGLED.has(keyword)) ||
        (schema.$ref !== undefined && target === undefined),
      followed: keywords.some((keyword) => FOLLOWED.has(keyword) || ENTANGLED.has(keyword)),
      plain: plain.length > 0 ? Object.fromEntries(plain) : undefined,
      type: plain.length === 1 && typeof schema.type === 'string' ? schema.type : undefined,
      sameValue: [
        ...(target === undefined ? [] : [target]),
        ...(Array.isArray(schema.allOf) ? schema.allOf : []),
      ],
    };
    this.#parts.set(schema, parts);
    return parts;
  }
}

function toProblem(found: Found): Problem {
  const names: string[] = [];
  let inner = found;
  for (; 'within' in inner; inner = inner.within) names.push(inner.name);
  return { path: [...names, ...inner.path], message: inner.message };
}

/** What is known of a schema without a value. */
interface SchemaParts {
  /** Whether the library has to check all of it. */
  readonly entangled: boolean;
  /** Whether it has further schemas. */
  readonly followed: boolean;
  /** What the library checks of a value without looking into it; absent for nothing. */
  readonly plain: JsonSchema | undefined;
  /** Its type, where nothing else of it is plain. */
  readonly type: string | undefined;
  /** Further schemas for the same value. */
  readonly sameValue: readonly unknown[];
}

/** Whether the type, the members and the constants that a schema requires let a value fit. */
function mayFit(value: unknown, schema: unknown): boolean {
  if (!isRecord(schema)) return schema !== false;
  const { type, properties, required } = schema;
  if (typeof type === 'string' && !isOfType(value, type)) return false;
  if (!isRecord(value)) return true;
  if (Array.isArray(required) && required.some((name) => !Object.hasOwn(value, name))) return false;
  if (!isRecord(properties)) return true;
  return Object.entries(properties).every(([name, member]) => {
    if (!isRecord(member) || !Object.hasOwn(value, name)) return true;
    const allowed = 'const' in member ? [member.const] : member.enum;
    return !Array.isArray(allowed) || typeof value[name] === 'object' || allowed.includes(value[name]);
  });
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'object') return isRecord(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

/** The members or items of a value, each with its schema. */
export function* childrenOf(
  value: unknown,
  { properties, additionalProperties, items, prefixItems, additionalItems }: JsonSchema,
): Iterable<readonly [name: string, child: unknown, schema: unknown]> {
  if (Array.isArray(value)) {
    // Until draft 2019-09 `items` could be a list.
    const tuple: readonly unknown[] = [prefixItems, items].find(Array.isArray) ?? [];
    const others = Array.isArray(items) ? additionalItems : items;
    for (const [index, item] of value.entries())
      yield [String(index), item, index < tuple.length ? tuple[index] : others];
  } else if (isRecord(value)) {
    for (const [name, member] of Object.entries(value)) {
      const known = isRecord(properties) && Object.hasOwn(properties, name);
      yield [name, member, known ? properties[name] : additionalProperties];
    }
  }
}

function hasTwins(items: readonly unknown[]): boolean {
  return new Set(items.map(sortedJson)).size < items.length;
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isRecord(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
