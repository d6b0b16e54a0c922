import fc from 'fast-check';

/** A schema, a value that fits it, and the value as a model writes it that must write every member. */
export interface Sample {
  readonly schema: Record<string, unknown>;
  readonly value: unknown;
  readonly written: unknown;
}

const plain = (schema: Record<string, unknown>, values: fc.Arbitrary<unknown>): fc.Arbitrary<Sample> =>
  values.map((value) => ({ schema, value, written: value }));

const leaves = [
  plain({ type: 'string' }, fc.string()),
  plain({ type: 'integer' }, fc.integer()),
  plain({ type: 'boolean' }, fc.boolean()),
  plain({ type: 'string', enum: ['a', 'b'] }, fc.constantFrom('a', 'b')),
  plain({ const: 'c' }, fc.constant('c')),
];

/** Schemas of objects, lists, alternatives and leaves, nested up to a depth. */
export function samples(depth = 3): fc.Arbitrary<Sample> {
  if (depth === 0) return fc.oneof(...leaves);
  const inner = samples(depth - 1);
  return fc.oneof(...leaves, objects(inner), lists(inner), alternatives(objects(inner), depth));
}

function objects(inner: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  const member = fc.record({
    sample: inner,
    name: fc.constantFrom('a', 'b/c', '~d', '__proto__', 'toString', ''),
    state: fc.constantFrom('required', 'optional', 'absent', 'null'),
  });
  return fc.uniqueArray(member, { selector: ({ name }) => name, maxLength: 4 }).map((members) => ({
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        members.map(({ name, sample, state }) => [
          name,
          state === 'null' ? { anyOf: [sample.schema, { type: 'null' }] } : sample.schema,
        ]),
      ),
      required: members
        .filter(({ state }) => state === 'required' || state === 'null')
        .map(({ name }) => name),
    },
    value: Object.fromEntries(
      members
        .filter(({ state }) => state !== 'absent')
        .map(({ name, sample, state }) => [name, state === 'null' ? null : sample.value]),
    ),
    written: Object.fromEntries(
      members.map(({ name, sample, state }) => [
        name,
        state === 'null' || state === 'absent' ? null : sample.written,
      ]),
    ),
  }));
}

function lists(inner: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  return fc
    .record({ sample: inner, length: fc.integer({ min: 0, max: 3 }) })
    .map(({ sample: { schema, value, written }, length }) => ({
      schema: { type: 'array', items: schema },
      value: Array(length).fill(value),
      written: Array(length).fill(written),
    }));
}

/** Told apart by a member, as a discriminated union is. */
function alternatives(object: fc.Arbitrary<Sample>, depth: number): fc.Arbitrary<Sample> {
  const branch = fc.array(object, { minLength: 2, maxLength: 3 });
  return fc
    .record({ branches: branch, choice: fc.nat(), keyword: fc.constantFrom('anyOf', 'oneOf') })
    .map(({ branches, choice, keyword }) => {
      const tagged = branches.map(({ schema, value, written }, index) => {
        const kind = `${depth}-${index}`;
        const { properties, required } = schema as { properties: object; required: string[] };
        return {
          schema: {
            ...schema,
            properties: { ...own(properties), kind: { const: kind } },
            required: [...required, 'kind'],
          },
          value: { ...own(value as object), kind },
          written: { ...own(written as object), kind },
        };
      });
      const chosen = tagged[choice % tagged.length] as Sample;
      return { ...chosen, schema: { [keyword]: tagged.map(({ schema }) => schema) } };
    });
}

function own(value: object): object {
  return Object.fromEntries(Object.entries(value));
}
