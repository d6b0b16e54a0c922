import { afterAll, beforeAll, describe } from 'vitest';
import { openAdapters } from './adapters.fixture.js';
import type { ConnectionSettings } from './conformance.fixture.js';
import { recordCases } from './record-cases.fixture.js';
import { roundTripCases } from './round-trip-cases.fixture.js';
import { searchCases } from './search-cases.fixture.js';

/** What this backend promises beyond the contract; run on the offline server and on a live one. */
export function adapterCases(name: string, settings: ConnectionSettings): void {
  describe(`postgres adapter: ${name}`, () => {
    const adapters = openAdapters(settings);
    beforeAll(() => adapters.adapter.connect());
    afterAll(() => adapters.close());

    recordCases(adapters);
    searchCases(adapters);
    roundTripCases(adapters);
  });
}
