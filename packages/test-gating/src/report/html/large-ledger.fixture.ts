import type { Ledger, LedgerTest } from '../../ledger/schema.js';
import { failureOfClass, ledgerWith } from '../../testing/ledger.fixture.js';

const BEGUN = Date.parse('2026-01-01T00:00:00Z');
const BACKENDS = ['neo4j', 'postgres', 'redis', 'typesense'];

/** A networked run of so many tests in sixty files, in which one backend refuses the login and one test is wrong. */
export function largeLedger(count: number): Ledger {
  const tests = Array.from({ length: count }, (_, index) => testAt(index));
  return ledgerWith(tests, {
    startedAt: new Date(BEGUN).toISOString(),
    durationMs: 14_230,
    level: 'integration',
    granted: ['integration'],
    scope: 'lan',
    guard: { workers: 60, active: 60, blocked: [] },
    services: [
      { backend: 'neo4j', status: 'available', version: '5.26.0', provenance: '.env.local' },
      { backend: 'postgres', status: 'available', version: '15.18', provenance: 'local binary' },
      { backend: 'qdrant', status: 'unavailable', reason: 'QDRANT_URL not set', remedy: 'Set QDRANT_URL' },
      { backend: 'redis', status: 'available', version: '7.0.15', provenance: 'local binary' },
      { backend: 'typesense', status: 'available', version: '0.24.1', provenance: 'embedded package' },
    ],
    env: [{ name: 'NEO4J_BOLT', provenance: '.env.local' }],
  });
}

function testAt(index: number): Partial<LedgerTest> & { id: string } {
  const part = index % 60;
  const backend = BACKENDS[part % 4] ?? '';
  const file = `packages/storage/${backend}/src/part-${part}.integration.test.ts`;
  const name = `suite ${index % 7} > keeps what number ${index} was given`;
  const common = {
    id: `${file}::${name}`,
    file,
    name,
    project: `@acme/${backend}`,
    backend,
    markers: ['integration'],
  };
  if (part === 40)
    return { ...common, markers: ['slow'], status: 'gated', reason: 'gated: run with --run-slow' };
  const ran = {
    ...common,
    durationMs: 1 + (index % 40),
    startMs: BEGUN + Math.floor(index / 60) * 55 + part * 120,
  };
  if (part === 4)
    return { ...ran, status: 'failed', failure: { ...failureOfClass('environment'), subclass: 'login' } };
  if (index === 77)
    return { ...ran, status: 'failed', failure: failureOfClass('mechanism', 'AssertionError') };
  return { ...ran, status: 'passed' };
}
