import type { LedgerTest } from '@drydock/test-gating';
import { expect, it } from 'vitest';
import { backendTables, between } from './backends.js';
import { ledgerOf } from './ledger.fixture.js';

const test = (backend: string, name: string, markers: string[], status: LedgerTest['status'] = 'passed') => {
  const file = `packages/storage/${backend}/src/a.test.ts`;
  return { id: `${file}::${name}`, file, name, markers, status };
};
const both = ['integration', 'slow'];

it('counts what each backend passed, each test once, and which faults it survived', () => {
  const tables = backendTables([
    ledgerOf(
      [
        test('redis', 'stores', []),
        test('redis', 'stores live', ['integration']),
        test(
          'redis',
          'storage faults: redis > a network that fails > latency > store succeeds',
          both,
          'gated',
        ),
        test('contract', 'is not a backend', []),
      ],
      { services: [{ backend: 'redis', status: 'available', version: '7.0.15' }] },
    ),
    ledgerOf(
      [
        test('redis', 'storage faults: redis > a network that fails > latency > store succeeds', both),
        test(
          'redis',
          'storage faults: redis > a network that fails > latency > search succeeds',
          both,
          'failed',
        ),
        test('redis', 'storage faults: redis > a server that fails > by kill -9: it recovers', both),
        test('qdrant', 'stores', []),
        test(
          'qdrant',
          'storage faults: qdrant > a network that fails > latency > store succeeds',
          both,
          'unavailable',
        ),
      ],
      { services: [{ backend: 'qdrant', status: 'unavailable', reason: 'no server' }] },
    ),
  ]);
  expect(tables.split('\n')).toEqual([
    '| backend | real server | offline | live | faults |',
    '|-|-|-|-|-|',
    '| qdrant | unavailable | 1 | – | not run |',
    '| redis | 7.0.15 | 1 | 1 | 2 of 3 |',
    '',
    '| fault | qdrant | redis |',
    '|-|-|-|',
    '| latency | not run | 1 of 2 |',
    '| by kill -9 | – | 1 |',
  ]);
});

it('replaces what stands between the markers, and nothing else', () => {
  expect(between('a\n<!-- x -->\nold\n<!-- /x -->\nb', 'x', 'new')).toBe(
    'a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb',
  );
  expect(() => between('a', 'x', 'new')).toThrow('no markers');
});
