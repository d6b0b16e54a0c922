import { afterAll, beforeAll, describe } from 'vitest';
import { openAdapters } from './adapters.fixture.js';
import { type ConnectionSettings, removeNamespace } from './conformance.fixture.js';
import { recordCases } from './record-cases.fixture.js';
import { searchCases } from './search-cases.fixture.js';

/** What this backend promises beyond the contract; run on the offline server and on a live one. */
export function adapterCases(
  name: string,
  settings: ConnectionSettings,
  remove: typeof removeNamespace = removeNamespace,
): void {
  describe(`neo4j adapter: ${name}`, () => {
    const adapters = openAdapters(settings);
    beforeAll(() => adapters.fill());
    afterAll(() => adapters.close(remove));

    recordCases(adapters);
    searchCases(adapters);
  });
}
