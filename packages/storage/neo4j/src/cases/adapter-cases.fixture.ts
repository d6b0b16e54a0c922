import { afterAll, beforeAll, describe } from 'vitest';
import { openAdapters } from './adapters.fixture.js';
import { type ConnectionSettings, removeNamespace } from './conformance.fixture.js';
import { recordCases } from './record-cases.fixture.js';
import { searchCases } from './search-cases.fixture.js';

/** What the graph does beyond the contract; the same on the in-process server and on a real one. */
export function adapterCases(
  name: string,
  settings: ConnectionSettings,
  remove: typeof removeNamespace = removeNamespace,
): void {
  describe(`neo4j graph, ${name}`, () => {
    const adapters = openAdapters(settings);
    beforeAll(() => adapters.fill());
    afterAll(() => adapters.close(remove));

    recordCases(adapters);
    searchCases(adapters);
  });
}
