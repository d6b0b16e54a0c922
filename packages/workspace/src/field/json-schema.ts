import { suggestion } from '../nearest.js';

/** The part of JSON Schema that `schema.json` is written in. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'boolean';
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** Schema of the values of any other key; `false` where there may be no other. */
  readonly additionalProperties?: false | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  /** Good values, the first of which is shown in messages. */
  readonly examples?: readonly unknown[];
  /** Text for editors. */
  readonly description?: string;
}

/** A place where a value does not fit its schema. */
export interface Mistake {
  /** Sentence that names the place: `drydock.hosts is not a list; for example: ["api.groq.com"].` */
  readonly text: string;
  /** Whether the value only has more than the schema knows. */
  readonly isUnknownKey: boolean;
}

const TYPE_NAMES = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

/** Everything in a JSON value that does not fit a schema. */
export function mistakesIn(value: unknown, schema: Schema, place: string): Mistake[] {
  const { type, enum: words, pattern, examples = [] } = schema;
  const shown = JSON.stringify(value);
  const example = examples.length === 0 ? '.' : `; for example: ${JSON.stringify(examples[0])}.`;
  if (type !== undefined && type !== typeOf(value))
    return [mistake(`${place} is not ${TYPE_NAMES[type]}${example}`)];
  if (words && !words.includes(value as string))
    return [mistake(`${place} is ${shown}; use one of ${words.join(', ')}.`)];
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(String(value)))
    return [mistake(`${place} does not fit: ${shown}${example}`)];
  if (Array.isArray(value))
    return value.flatMap((item, index) => mistakesIn(item, schema.items ?? {}, `${place}[${index}]`));
  return type === 'object' ? mistakesInObject(value as object, schema, place) : [];
}

function mistakesInObject(value: object, schema: Schema, place: string): Mistake[] {
  const { properties = {}, required = [], additionalProperties = {}, propertyNames = {} } = schema;
  const missing = required.filter((key) => !(key in value));
  return [
    ...missing.map((key) => mistake(`${place} has no \`${key}\`.`)),
    ...Object.entries(value).flatMap(([key, inner]) => {
      const known = properties[key] ?? additionalProperties;
      if (known === false) return [unknownKey(key, Object.keys(properties), place)];
      return [
        ...mistakesIn(key, propertyNames, `A key of ${place}`),
        ...mistakesIn(inner, known, `${place}.${key}`),
      ];
    }),
  ];
}

function mistake(text: string): Mistake {
  return { text, isUnknownKey: false };
}

function unknownKey(key: string, known: readonly string[], place: string): Mistake {
  return { text: `${place} has the unknown key '${key}'. ${suggestion(key, known)}`, isUnknownKey: true };
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}
