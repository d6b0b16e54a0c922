import { describe, expect, test } from 'vitest';
import { createAdapter } from '../../create-adapter.js';
import {
  type Entry,
  MemoryBackend,
  type Note,
  type NoteQuery,
} from '../../testing/memory-backend.fixture.js';
import type { ConformanceOptions } from '../options.js';
import { runConformance } from '../storage-conformance.js';
import { formatMatrix } from './matrix.js';
import type { ConformanceReport } from './report.js';

/** Memory, of which nothing is declared. */
function undeclared(
  make: (entries: Map<string, Entry>) => MemoryBackend,
): ConformanceOptions<Note, NoteQuery, unknown> {
  const namespaces = new Map<string, Map<string, Entry>>();
  return {
    name: 'memory, found out',
    capabilities: { largeBatch: 100, largeRecordBytes: 1_000 },
    createAdapter({ namespace, options }) {
      const entries = namespaces.get(namespace) ?? new Map();
      namespaces.set(namespace, entries);
      return createAdapter<Note, NoteQuery, unknown, Entry>(make(entries), options);
    },
    async removeNamespace(namespace) {
      namespaces.delete(namespace);
    },
    record: (sample) => sample,
    query: (scope, page) => ({ scope, ...page }),
    report: () => {},
  };
}

class Forgetful extends MemoryBackend {
  override readonly supportsTtl = false;
  override async delete() {
    return new Set<string>();
  }
}

const failed = ({ results }: ConformanceReport) => results.filter(({ outcome }) => outcome === 'fails');

describe('without a test framework', () => {
  test('capabilities are found out, and what holds is reported', { timeout: 60_000 }, async () => {
    const report = await runConformance(undeclared((entries) => new MemoryBackend(entries)));
    expect(failed(report)).toEqual([]);
    expect(report.results.length).toBeGreaterThan(200);
    expect(report.capabilities).toMatchObject({ ttl: true, json: true, order: 'any', stablePages: true });
    expect(report.notTried).toHaveProperty('faults');
    const left = report.results.filter(({ outcome }) => outcome === 'not applicable');
    expect(left.map(({ reason }) => reason)).toEqual(['its `order` is any', 'its `ttl` is true']);
    const matrix = formatMatrix(report);
    expect(matrix).toMatch(/^storage conformance: memory, found out\n/);
    expect(matrix).toMatch(/^ one record +\d+ +0 +0$/m);
    expect(matrix).toMatch(/^ ttl +yes$/m);
    expect(matrix).toMatch(/^ a server that fails +give `faults`$/m);
  });

  test('what does not hold is named, with the reason', { timeout: 60_000 }, async () => {
    const report = await runConformance(undeclared((entries) => new Forgetful(entries)));
    expect(report.capabilities).toMatchObject({ ttl: false });
    const names = failed(report).map(({ name }) => name);
    expect(names).toContain('a record is deleted once: true, then false');
    expect(names).not.toContain('a missing record is null');
    expect(formatMatrix(report)).toContain(
      ' one record > a record is deleted once: true, then false: a claim does not hold: false toBe true',
    );
  });
});
