import { expect, test } from 'vitest';
import { type Neo4jConfig, resolveConfig } from './config.js';
import { MemoryNeo4j } from './fake/index.js';

const GIVEN: Neo4jConfig = { url: 'bolt://localhost', namespace: 'App', labels: ['Person'] };
const { stream } = new MemoryNeo4j();

test('defaults', () => {
  const { connection, limits, migrate, schema } = resolveConfig(GIVEN);
  expect(connection).toEqual({
    url: 'bolt://localhost',
    routing: false,
    login: undefined,
    database: 'neo4j',
    trustedCertificates: [],
    maxConnections: 100,
    connectTimeoutMs: 5_000,
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
  ['no address', { url: 'secret' }, /`url` is no Bolt address/],
  ['another protocol', { url: 'http://secret:7474' }, /`url` is no Bolt address/],
  ['credentials in the address', { url: 'bolt://neo4j:secret@h' }, /`url` holds credentials/],
  ['a path', { url: 'bolt://h/secret' }, /`url` holds a path/],
  ['a context without routing', { url: 'bolt://h?secret=1' }, /`url` holds parameters/],
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
  ['a label twice', { labels: ['A', 'A'] }, /`labels` names one twice/],
  ['the namespace as a label', { labels: ['App'] }, /namespace/],
  ['a hostile namespace', { namespace: 'A`) DETACH DELETE n //' }, /namespace name/],
  ['a hostile label', { labels: ['A`'] }, /label name/],
  ['a hostile type', { types: ['A]->()'] }, /type name/],
  ['a name that is too long', { types: ['A'.repeat(129)] }, /type name/],
  ['an index on nothing', { indexes: { Nope: ['a'] } }, /no declared label/],
  ['an index on a hostile name', { indexes: { Person: ['a`'] } }, /property name/],
  ['an index on the adapter’s own', { indexes: { Person: ['_json'] } }, /adapter's own/],
])('refuses %s, without its value', (_, wrong, message) => {
  const attempt = () => resolveConfig({ ...GIVEN, ...wrong });
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow(message);
  expect(attempt).not.toThrow(/secret/);
});
