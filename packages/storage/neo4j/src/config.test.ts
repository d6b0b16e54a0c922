import { DEFAULT_DEADLINES } from '@drydock/storage/backend-kit';
import { expect, test } from 'vitest';
import { type Neo4jConfig, resolveConfig } from './config.js';
import { FakeNeo4j } from './fake/index.js';

const GIVEN: Neo4jConfig = { url: 'bolt://localhost', namespace: 'App', labels: ['Person'] };
const { stream } = new FakeNeo4j().driver;

test('defaults', () => {
  const { connection, limits, migrate, schema } = resolveConfig(GIVEN);
  expect(connection).toEqual({
    url: 'bolt://localhost',
    routing: false,
    login: undefined,
    database: 'neo4j',
    trustedCertificates: [],
    maxConnections: 100,
    connectTimeoutMs: DEFAULT_DEADLINES.connectTimeoutMs,
    applicationName: 'drydock',
    driver: {},
  });
  expect(limits).toEqual({ maxItems: 1_000, maxBytes: 4 * 1024 * 1024 });
  expect(migrate).toBe(true);
  expect(schema.items.map(({ create }) => create)).toEqual([
    expect.stringMatching(
      /^CREATE CONSTRAINT `drydock_entity_App_\w{8}` IF NOT EXISTS FOR \(n:`App`\) REQUIRE/,
    ),
  ]);
});

test.each(['bolt', 'bolt+s', 'bolt+ssc', 'neo4j', 'neo4j+s', 'neo4j+ssc'])('takes %s://', (scheme) => {
  const { connection } = resolveConfig({ ...GIVEN, url: `${scheme}://db.example:7688/`, password: 'x' });
  expect(connection).toMatchObject({
    url: `${scheme}://db.example:7688`,
    routing: scheme.startsWith('neo4j'),
    login: { username: 'neo4j', password: 'x' },
  });
});

test('a routing context is kept', () => {
  const { connection } = resolveConfig({ ...GIVEN, url: 'neo4j://h?policy=eu' });
  expect(connection.url).toBe('neo4j://h?policy=eu');
});

test('constraints and indexes have names of their own', () => {
  const { items } = resolveConfig({
    ...GIVEN,
    labels: ['A_b', 'A', 'Místo'],
    types: ['KNOWS'],
    indexes: { A_b: ['c'], A: ['b_c'] },
  }).schema;
  expect(new Set(items.map(({ name }) => name)).size).toBe(4);
});

test.each<[string, Partial<Neo4jConfig>, RegExp]>([
  ['no address', { url: 'secret' }, /^neo4j: `url` must be a Bolt address/],
  ['another protocol', { url: 'http://secret:7474' }, /^neo4j: `url` must be a Bolt address/],
  ['credentials in the address', { url: 'bolt://neo4j:secret@h' }, /^neo4j: `url` must not hold credentials/],
  ['a path', { url: 'bolt://h/secret' }, /^neo4j: `url` must not have a path/],
  ['a context without routing', { url: 'bolt://h?secret=1' }, /^neo4j: `url` must not have parameters/],
  [
    'two ways to TLS',
    { url: 'bolt+s://h', trustedCertificates: ['secret'] },
    /`trustedCertificates` turns TLS on/,
  ],
  ['TLS on a stream', { url: 'bolt+s://h', driver: { stream } }, /`driver.stream` carries plain bytes/],
  ['no database', { database: '' }, /`database`/],
  ['no connections', { maxConnections: 0 }, /`maxConnections`/],
  ['no time to connect', { connectTimeoutMs: 0.5 }, /`connectTimeoutMs`/],
  ['empty batches', { batch: { maxItems: 0 } }, /`batch.maxItems`/],
  ['no labels', { labels: [] }, /`labels`/],
  ['a label twice', { labels: ['A', 'A'] }, /`labels` must not name one twice/],
  ['the namespace as a label', { labels: ['App'] }, /namespace/],
  ['a hostile namespace', { namespace: 'A`) DETACH DELETE n //' }, /`namespace` cannot name/],
  ['a hostile label', { labels: ['A`'] }, /`labels` cannot name/],
  ['a hostile type', { types: ['A]->()'] }, /`types` cannot name/],
  ['a name that is too long', { types: ['A'.repeat(129)] }, /`types` cannot name/],
  ['an index on nothing', { indexes: { Nope: ['a'] } }, /not a declared label/],
  ['an index on a hostile name', { indexes: { Person: ['a`'] } }, /`indexes` cannot name/],
  ['an index on the adapter’s own', { indexes: { Person: ['_json'] } }, /adapter's own/],
])('refuses %s, without its value', (_, wrong, message) => {
  const attempt = () => resolveConfig({ ...GIVEN, ...wrong });
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow(message);
  expect(attempt).not.toThrow(/secret/);
});
