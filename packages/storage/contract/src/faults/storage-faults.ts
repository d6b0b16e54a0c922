import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { crashes } from './crashes.js';
import { networkFaults } from './network.js';
import type { StorageFaultsOptions } from './options.js';
import { tlsFaults } from './tls.js';
import { Witness } from './leak-detector.js';

/** Proxies and servers of the suite's own, on ports that nobody knows before. */
const network = { allow: ['127.0.0.1'], loopbackServers: true };

/** Registers the faults that an adapter has to survive on its real server, in Vitest; they need `integration` and `slow`. */
export function storageFaults<R extends StorageRecord, Q extends StorageQuery, Item>(
  options: StorageFaultsOptions<R, Q, Item>,
): void {
  describe(`storage faults: ${options.name}`, { meta: { network } as object }, () => {
    const witness = new Witness();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    let deafen = () => {};

    beforeAll(() => {
      process.on('unhandledRejection', note);
      deafen = witness.listen();
    });
    afterAll(() => {
      deafen();
      process.removeListener('unhandledRejection', note);
    });

    networkFaults(options, witness);
    crashes(options, witness);
    if (options.tls) tlsFaults(options.tls, witness);

    test('no fault left an unhandled rejection', () => {
      expect(unhandled).toEqual([]);
    });

    test('no fault showed a secret or a payload', () => {
      const { leaks, examined } = witness.report();
      expect(examined).toBeGreaterThan(0);
      expect(leaks).toEqual([]);
    });
  });
}
