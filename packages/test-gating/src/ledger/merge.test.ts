import { expect, test } from 'vitest';
import { ledgerWith } from '../testing/ledger.fixture.js';
import { mergeLedgers, timeOf } from './merge.js';

test('tests, totals and workers add up; services and variables stand once', () => {
  const service = { backend: 'redis', status: 'available' as const };
  const variable = { name: 'REDIS_URL', provenance: '.env' };
  const merged = mergeLedgers([
    ledgerWith([{}, { status: 'failed' }], { services: [service], env: [variable], granted: ['slow'] }),
    ledgerWith([{ status: 'gated' }], {
      services: [service],
      env: [variable],
      granted: ['slow'],
      scope: 'lan',
    }),
  ]);
  expect(merged.totals).toEqual({ passed: 1, failed: 1, gated: 1, skipped: 0, unavailable: 0 });
  expect(merged.guard).toMatchObject({ workers: 2, active: 2 });
  expect(merged).toMatchObject({ services: [service], env: [variable], granted: ['slow'], scope: 'lan' });
});

test('the time runs from the first start to the last end', () => {
  const merged = mergeLedgers([
    ledgerWith([], { startedAt: '2026-01-01T00:00:05.000Z', durationMs: 2_000 }),
    ledgerWith([], { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1_000 }),
  ]);
  expect(merged).toMatchObject({ startedAt: '2026-01-01T00:00:00.000Z', durationMs: 7_000 });
});

test('time in which nothing ran does not count where results come from a cache', () => {
  const run = (second: number, durationMs: number) => ({
    startedAt: `2026-01-01T00:00:0${second}.000Z`,
    durationMs,
  });
  expect(timeOf([run(5, 2_000), run(0, 1_000)])).toBe(3_000);
  expect(timeOf([run(0, 4_000), run(1, 1_000), run(3, 2_000)])).toBe(5_000);
  expect(timeOf([])).toBe(0);
});

test('a shard stays one where all projects ran the same', () => {
  const part = (index: number) => ledgerWith([], { shard: { index, count: 2 } });
  expect(mergeLedgers([part(1), part(1)]).shard).toEqual({ index: 1, count: 2 });
  expect(mergeLedgers([part(1), part(2)])).not.toHaveProperty('shard');
  expect(mergeLedgers([part(1), ledgerWith([])])).not.toHaveProperty('shard');
});

test('the network namespace counts only if all parts ran in it', () => {
  const behind = { workers: 1, active: 1, blocked: [], wall: 'empty network namespace' };
  const open = { workers: 1, active: 1, blocked: [] };
  const wallOf = (...guards: (typeof open)[]) =>
    mergeLedgers(guards.map((guard) => ledgerWith([], { guard }))).guard;
  expect(wallOf(behind, behind)).toHaveProperty('wall');
  expect(wallOf(behind, open)).not.toHaveProperty('wall');
});

test('a backend that one part started is available, also where another part had no settings for it', () => {
  const away = { backend: 'redis', status: 'unavailable', reason: 'REDIS_URL not set' } as const;
  const there = { backend: 'redis', status: 'available', provenance: 'local binary' } as const;
  const neo4j = { backend: 'neo4j', status: 'unavailable', reason: 'NEO4J_BOLT not set' } as const;
  for (const order of [
    [[away, neo4j], [there]],
    [[there, neo4j], [away]],
  ])
    expect(mergeLedgers(order.map((services) => ledgerWith([], { services }))).services).toEqual([
      there,
      neo4j,
    ]);
});
