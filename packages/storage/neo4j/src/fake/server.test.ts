import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveConfig } from '../config.js';
import { graphStatements, PING } from '../cypher.js';
import { DriverHandle } from '../driver-handle.js';
import { compileListing } from '../search/search.js';
import { FakeNeo4j } from './server.js';

const server = new FakeNeo4j({ password: 'right' });
const config = resolveConfig({
  ...server.config,
  namespace: 'App',
  labels: ['Person', 'Company'],
  types: ['KNOWS'],
});
const statements = graphStatements(config.schema);
let handle: DriverHandle;

beforeEach(() => {
  handle = new DriverHandle(config.connection);
});

afterEach(() => handle.close());

async function run(text: string, parameters = {}) {
  const session = handle.enter('write');
  try {
    return (await session.run(text, parameters)).records.map((record) => record.toObject());
  } finally {
    await session.close();
  }
}

describe('statements', () => {
  test.each([
    ['one that the adapter does not send', 'MATCH (n) RETURN n'],
    ['one that begins like a known one', `${PING} LIMIT 1`],
    [
      'a write that does not check for expired entities',
      statements.storeEntities.replace('DETACH DELETE gone', ''),
    ],
    [
      'a write that does not set a label',
      statements.storeEntities.replace(/REMOVE n.*/, 'REMOVE n:`Person`'),
    ],
    [
      'a write without its namespace',
      statements.storeRelationships.replaceAll('`_namespace`: $namespace, ', ''),
    ],
    ['a read that does not check for expired records', statements.retrieve.replace(/ AND \(n\..*?\)/, '')],
    ['a delete that leaves relationships', statements.remove.replace('DETACH ', '')],
    ...(['entities', 'relationships', 'neighbours'] as const).map((find) => {
      const { text } = compileListing(config.schema, { find, of: 'a', limit: 1 } as never).statement;
      return [`a listing of ${find} without a limit`, text.replace(' LIMIT $limit', '')];
    }),
  ])('%s is a syntax error that shows the statement', async (_, text) => {
    await expect(run(text ?? '', { rows: [], ids: [], namespace: 'App', labels: [] })).rejects.toMatchObject({
      code: 'Neo.ClientError.Statement.SyntaxError',
      message: expect.stringContaining('does not know this statement'),
    });
  });

  test('of the adapter run, and values keep their types', async () => {
    const properties = {
      id: 'a',
      int: 2n ** 62n,
      float: 1.5,
      list: ['x', 'ž'],
      text: 'x'.repeat(70_000),
      yes: true,
    };
    const rows = [{ id: 'a', label: 'Person', ttl: null, properties }];
    await expect(run(statements.storeEntities, { rows, namespace: 'App' })).resolves.toEqual([{ id: 'a' }]);
    const labels = ['Person', 'Company'];
    await expect(run(statements.retrieve, { ids: ['a'], namespace: 'App', labels })).resolves.toEqual([
      { id: 'a', label: 'Person', type: null, from: null, to: null, properties },
    ]);
  });
});

describe('connections', () => {
  test('are counted, and closed by either side', async () => {
    await run(PING);
    expect(server.connections).toBe(1);
    await server.breakConnections();
    expect(server.connections).toBe(0);
    await run(PING);
    await handle.close();
    expect(server.connections).toBe(0);
  });

  test('ignore the requests after one that failed, until a reset', async () => {
    server.answer('dbms', { code: 'Neo.ClientError.General.Odd', message: 'odd' });
    await expect(run(PING)).rejects.toMatchObject({ code: 'Neo.ClientError.General.Odd' });
    await expect(run(PING)).resolves.toEqual([{ version: '5.26.0' }]);
    expect(server.connections).toBe(1);
  });
});
