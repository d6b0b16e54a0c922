import { inspect } from 'node:util';
import { rejection } from '@drydock/storage/conformance';
import { describe, expect, test } from 'vitest';
import type { Neo4jAdapter } from './adapter.js';
import { SECRET } from './cases/conformance.fixture.js';
import { connected, make, manageServer, PAYLOAD, people, person, server } from './cases/offline.fixture.js';
import type { GraphRecord } from './record.js';

manageServer();

/** Requests that the server saw, beside those that the adapter counted. */
async function requests(adapter: Neo4jAdapter, action: () => Promise<unknown>): Promise<[number, number]> {
  const counted = () =>
    Object.values(adapter.getMetrics().operations).reduce((sum, { roundTrips }) => sum + roundTrips, 0);
  const [seen, known] = [server.requests, counted()];
  await action();
  return [server.requests - seen, counted() - known];
}

describe('round trips', () => {
  test('of single calls', async () => {
    const adapter = await connected();
    const calls: (() => Promise<unknown>)[] = [
      () => adapter.store(person('a')),
      () => adapter.store({ id: 'aa', type: 'KNOWS', from: 'a', to: 'a', properties: {} }),
      () => adapter.retrieve('a'),
      () => adapter.search({ find: 'entities' }),
      () => adapter.search({ find: 'neighbours', of: 'a', depth: 3 }),
      () => adapter.search({ find: 'path', from: 'a', to: 'b' }),
      () => adapter.search({ find: 'path', from: 'a', to: 'a' }),
      () => adapter.delete('a'),
      () => adapter.healthCheck(),
    ];
    for (const call of calls) await expect(requests(adapter, call)).resolves.toEqual([1, 1]);
  });

  test('of batches: one a chunk and kind, whatever the labels and types', async () => {
    const adapter = await connected();
    const entities = people(1_000).map((record, n) => (n % 2 ? record : { ...record, label: 'Company' }));
    const edges = people(500).map((_, n) => ({
      id: `e${n}`,
      type: n % 2 ? 'KNOWS' : 'LIKES',
      from: 'p0',
      to: `p${n}`,
      properties: {},
    }));
    const ids = [...entities, ...edges].map(({ id }) => id ?? '');
    await expect(requests(adapter, () => adapter.storeBatch(entities as GraphRecord[]))).resolves.toEqual([
      1, 1,
    ]);
    await expect(requests(adapter, () => adapter.storeBatch([...edges, person('q')]))).resolves.toEqual([
      2, 2,
    ]);
    await expect(requests(adapter, () => adapter.storeBatch(people(1_001)))).resolves.toEqual([2, 2]);
    await expect(requests(adapter, () => adapter.retrieveBatch(ids))).resolves.toEqual([2, 2]);
    await expect(requests(adapter, () => adapter.deleteBatch(ids.slice(0, 1_000)))).resolves.toEqual([1, 1]);
  });

  test('of connect: one to look, and one for each constraint or index that is missing', async () => {
    const first = make();
    await expect(requests(first, () => first.connect())).resolves.toEqual([5, 5]);
    const second = make();
    await expect(requests(second, () => second.connect())).resolves.toEqual([1, 1]);
  });

  test('of routing: one for the table, which the calls after it share', async () => {
    await connected();
    const adapter = make({ url: 'neo4j://memory' });
    await expect(requests(adapter, () => adapter.connect())).resolves.toEqual([2, 1]);
    await expect(requests(adapter, () => adapter.store(person('a')))).resolves.toEqual([1, 1]);
    await expect(requests(adapter, () => adapter.retrieve('a'))).resolves.toEqual([1, 1]);
  });
});

describe('secrets and payloads', () => {
  test.each<[string, () => void]>([
    [
      'a syntax error',
      () => server.answer('MERGE', { code: 'Neo.ClientError.Statement.SyntaxError', message: PAYLOAD }),
    ],
    [
      'a constraint',
      () =>
        server.answer('MERGE', {
          code: 'Neo.ClientError.Schema.ConstraintValidationFailed',
          message: PAYLOAD,
        }),
    ],
    [
      'a broken server',
      () => server.answer('MERGE', { code: 'Neo.DatabaseError.General.UnknownError', message: PAYLOAD }),
    ],
    ['a lost connection', () => server.drop('MERGE', 'before')],
    ['an odd code', () => server.answer('MERGE', { code: `odd ${PAYLOAD}`, message: PAYLOAD })],
  ])('do not show after %s', async (_, plant) => {
    const adapter = await connected({ retry: { maxAttempts: 1 } });
    plant();
    const error = await rejection(adapter.store(person('a', PAYLOAD)));
    const options = { depth: Number.POSITIVE_INFINITY, showHidden: true };
    const seen = [error, adapter, adapter.getMetrics(), await adapter.healthCheck()].flatMap((value) => [
      inspect(value, options),
      inspect(value, { ...options, customInspect: false, getters: true }),
      JSON.stringify(value),
      value instanceof Error ? `${value.stack}` : '',
    ]);
    expect(seen.join('\n')).not.toMatch(new RegExp(`${PAYLOAD}|${SECRET}`));
  });
});
