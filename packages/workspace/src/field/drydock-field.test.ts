import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../usage-error.js';
import { type DrydockField, readField, readForeignField } from './drydock-field.js';
import type { Schema } from './json-schema.js';

type Whole<T> = T extends readonly (infer Item)[]
  ? readonly Whole<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Whole<T[Key]> }
    : T;

/** Every key that the type has, at every depth: TypeScript refuses one too few and one too many. */
const EVERY_KEY: Whole<DrydockField> = {
  backend: 'redis',
  service: './dist/service.js',
  versions: '>=6.2',
  provider: 'groq',
  probe: { url: 'https://api.test/models', key: 'KEY', header: 'authorization', scheme: 'Bearer' },
  variables: {
    A_URL: {
      kind: 'url',
      marker: 'integration',
      protocols: ['redis:'],
      min: 1,
      max: 2,
      port: 'A_PORT',
      several: true,
      example: 'redis://a',
    },
  },
  errors: { reset: ['CONNECTION_CLOSED'] },
  schemes: { 'redis:': { tls: 'verify', parameters: { ssl: { '*': 'none' } }, after: 'postgres' } },
  hosts: ['api.groq.com'],
  services: {
    mongo: {
      image: 'mongo:8',
      port: 27_017,
      url: 'mongodb://{host}:{port}',
      variable: 'MONGO_URL',
      variables: { MONGO_PASSWORD: '{password}' },
      command: ['mongod', '--port', '{port}'],
      env: { MONGO_PASSWORD: '{password}' },
      ready: '/health',
      startTimeoutMs: 1_000,
      marker: 'integration',
    },
  },
  markers: [{ name: 'gpu', description: 'needs one', scope: 'lan', implies: ['slow'], target: 'gpu' }],
  levels: [{ name: 'nightly', grants: ['slow'], unmarked: true, only: 'smoke' }],
  redaction: { names: ['ACME_PIN'], values: ['/a+/'], allow: ['sk-test-key'] },
  triage: [{ id: 'x' }],
};
const KEYWORDS = [
  'type properties required additionalProperties propertyNames items enum pattern examples description',
].flatMap((words) => words.split(' '));

const field: Schema = JSON.parse(readFileSync(new URL('../../schema.json', import.meta.url), 'utf8'))
  .properties.drydock;

describe('the schema for editors', () => {
  test('knows the keys of the type, and no other', () => {
    expect(readField(EVERY_KEY, 'a')).toEqual(EVERY_KEY);
    expect(keysOf(field)).toEqual(keysOfValue(EVERY_KEY));
  });

  test('uses only what is checked', () => {
    const used = new Set(schemasIn(field).flatMap((schema) => Object.keys(schema)));
    expect([...used].filter((keyword) => !KEYWORDS.includes(keyword))).toEqual([]);
  });
});

test.each([
  [{ varables: {} }, "drydock has the unknown key 'varables'. Did you mean 'variables'?"],
  [{ somethingElse: 1 }, "drydock has the unknown key 'somethingElse'. Known: backend, service, "],
  [
    { probe: { ...EVERY_KEY.probe, heder: 'x' } },
    "drydock.probe has the unknown key 'heder'. Did you mean 'header'?",
  ],
  [
    { variables: { A: { kind: 'url', protocol: [] } } },
    "drydock.variables.A has the unknown key 'protocol'.",
  ],
  [{ backend: ['redis'] }, 'drydock.backend is not a text; for example: "redis".'],
  [{ hosts: 'api.groq.com' }, 'drydock.hosts is not a list; for example: ["api.groq.com"].'],
  [{ hosts: [1] }, 'drydock.hosts[0] is not a text.'],
  [{ probe: null }, 'drydock.probe is not an object'],
  [{ probe: { url: 'https://x.test', key: 'KEY' } }, 'drydock.probe has no `header`.'],
  [
    { markers: [{ name: 'gpu', description: 'x', scope: 'wan' }] },
    'drydock.markers[0].scope is "wan"; use one of none, lan,',
  ],
  [
    { levels: [{ name: 'x', grants: [], unmarked: 'yes' }] },
    'drydock.levels[0].unmarked is not true or false.',
  ],
  [{ variables: { A: { kind: 'number', max: '9' } } }, 'drydock.variables.A.max is not a number.'],
  [
    { services: { mongo: { image: 'mongo:8', url: 'mongodb://{host}:{port}' } } },
    'drydock.services.mongo has no `port`.',
  ],
  [
    { services: { Mongo: { port: 1, url: 'x://{port}' } } },
    'A key of drydock.services does not fit: "Mongo"',
  ],
  [
    { services: { mongo: { port: 1, url: 'mongodb://localhost' } } },
    'drydock.services.mongo.url does not fit: "mongodb://localhost"; for example: "mongodb://{host}:{port}".',
  ],
  ['redis', 'drydock is not an object.'],
])('the field %j of a package of the workspace is a usage error', (value, message) => {
  const read = () => readField(value, 'packages/a');
  expect(read).toThrow(UsageError);
  expect(read).toThrow(`packages/a/package.json: ${message}`);
});

test('a field says everything that is wrong with it', () => {
  expect(() => readField({ backend: 1, host: [] }, 'a')).toThrow(
    /backend is not a text.*\n.*unknown key 'host'/,
  );
});

test.each([
  [
    { backend: 'redis', fromTheFuture: true },
    { backend: 'redis', fromTheFuture: true },
  ],
  [{ probe: { ...EVERY_KEY.probe, retries: 2 } }, { probe: { ...EVERY_KEY.probe, retries: 2 } }],
  [{ backend: 7, hosts: ['a.test'] }, { hosts: ['a.test'] }],
  [{ provider: 'alpha', probe: { url: 'https://x.test' } }, { provider: 'alpha' }],
  [{ backend: 'redis', services: EVERY_KEY.services }, { backend: 'redis' }],
  ['the field of another tool', {}],
  [null, {}],
])('of the field %j of an installed package what fits is used', (value, used) => {
  expect(readForeignField(value)).toEqual(used);
});

/** Places whose keys are names of the user's own. */
const FREE_NAMES = [
  /^variables\.$/,
  /^errors\.$/,
  /^schemes\.$/,
  /^schemes\.\*\.parameters\./,
  /^services\.$/,
  /^services\.\*\.(?:env|variables)\.$/,
];

/** Paths of all keys, those of lists and of free names under `*`. */
function keysOf(schema: Schema, path = ''): string[] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [
    `${path}${key}`,
    ...keysOf(inner, `${path}${key}.`),
  ]);
  const free = [schema.items, schema.additionalProperties || undefined].filter(
    (inner) => inner !== undefined,
  );
  return [...named, ...free.flatMap((inner) => keysOf(inner, `${path}*.`))].sort();
}

function keysOfValue(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || path === 'triage.') return [];
  const isFree = Array.isArray(value) || FREE_NAMES.some((place) => place.test(path));
  return Object.entries(value)
    .flatMap(([key, inner]) =>
      isFree ? keysOfValue(inner, `${path}*.`) : [`${path}${key}`, ...keysOfValue(inner, `${path}${key}.`)],
    )
    .sort();
}

function schemasIn(schema: Schema): Schema[] {
  const { properties = {}, items, additionalProperties, propertyNames } = schema;
  const inner = [...Object.values(properties), items, additionalProperties || undefined, propertyNames];
  return [schema, ...inner.filter((one) => one !== undefined).flatMap(schemasIn)];
}
