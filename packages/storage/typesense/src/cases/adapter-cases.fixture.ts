import { afterAll, describe } from 'vitest';
import { openAdapters } from './adapters.fixture.js';
import { collectionCases } from './collection-cases.fixture.js';
import type { ConnectionSettings } from './conformance.fixture.js';
import { exactCases } from './exact-cases.fixture.js';
import { recordCases } from './record-cases.fixture.js';
import { roundTripCases } from './round-trip-cases.fixture.js';
import { scopedKeyCases } from './scoped-key-cases.fixture.js';
import { searchCases } from './search-cases.fixture.js';

/** What this backend promises beyond the contract; run on the offline server and on a live one. */
export function adapterCases(name: string, settings: ConnectionSettings): void {
  const adapters = openAdapters(settings);
  afterAll(() => adapters.close());

  describe(`typesense adapter: ${name}`, () => {
    collectionCases(adapters);
    recordCases(adapters);
    searchCases(adapters);
    scopedKeyCases(adapters);
    exactCases(adapters);
    roundTripCases(adapters);
  });
}
