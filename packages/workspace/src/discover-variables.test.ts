import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { discoverVariables } from './discover-variables.js';
import { readField } from './field/drydock-field.js';
import { UsageError } from './usage-error.js';
import { WELL_KNOWN_VARIABLES } from './well-known-variables.js';

const owner = (variables: unknown) => [{ field: readField({ variables }, 'packages/p') }];

test('the well-known variables are there without any package', () => {
  expect(Object.keys(discoverVariables([]))).toEqual(
    expect.arrayContaining([
      'DATABASE_URL',
      'KAFKA_BROKERS',
      'REDIS_URL',
      'POSTGRES_URL',
      'QDRANT_URL',
      'QDRANT_API_KEY',
      'NEO4J_BOLT',
      'NEO4J_USER',
      'NEO4J_PASSWORD',
      'TYPESENSE_URL',
      'TYPESENSE_API_KEY',
      'GOOGLE_API_KEY',
      'GROQ_API_KEY',
      'MISTRAL_API_KEY',
    ]),
  );
});

test('a package adds its own, and the configuration wins over it', () => {
  const variables = discoverVariables(
    [
      ...owner({
        CASSANDRA_URL: { kind: 'url', protocols: ['cassandra:'] },
        POOL_SIZE: { kind: 'number', max: 10 },
      }),
    ],
    { POOL_SIZE: { kind: 'number', max: 20 } },
  );
  expect(variables.CASSANDRA_URL).toEqual({ kind: 'url', protocols: ['cassandra:'] });
  expect(variables.POOL_SIZE).toEqual({ kind: 'number', max: 20 });
  expect(variables.REDIS_URL).toBe(WELL_KNOWN_VARIABLES.REDIS_URL);
});

test.each(['redis', 'postgres'])('the package of %s defines its variables as they are known', (backend) => {
  const path = resolve(import.meta.dirname, '../../storage', backend, 'package.json');
  const { drydock } = JSON.parse(readFileSync(path, 'utf8'));
  const variables = discoverVariables([{ field: drydock }]);
  // The adapter takes one address, other clients take several.
  const oneEach = Object.entries(WELL_KNOWN_VARIABLES).map(([name, { ...definition }]) => [
    name,
    { ...definition, ...(name in drydock.variables && { several: undefined }) },
  ]);
  expect(variables).toEqual(Object.fromEntries(oneEach));
});

test.each([
  [
    'no object',
    { A_URL: 'url' },
    'A_URL is not an object; for example: {"kind":"url","protocols":["redis:"]}.',
  ],
  ['no kind', { A_URL: {} }, 'A_URL has no `kind`'],
  [
    'an unknown kind',
    { A_URL: { kind: 'uri' } },
    'A_URL.kind is "uri"; use one of url, address, secret, text, number.',
  ],
  [
    'protocols without a colon',
    { A_URL: { kind: 'url', protocols: ['redis'] } },
    'A_URL.protocols[0] does not fit',
  ],
  ['a name that is none', { 'a b': { kind: 'url' } }, 'does not fit: "a b"; for example: "REDIS_URL".'],
])('a definition with %s is a usage error that names the package', (_, variables, message) => {
  const discover = () => discoverVariables(owner(variables));
  expect(discover).toThrow(UsageError);
  expect(discover).toThrow(message);
  expect(discover).toThrow('packages/p/package.json: ');
});
