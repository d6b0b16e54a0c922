import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { crashes } from './crashes.js';
import { LeakDetector } from './leak-detector.js';
import { networkFaults } from './network.js';
import type { StorageFaultsOptions } from './options.js';
import { tlsFaults } from './tls.js';

/** The suite starts its own proxies and servers, on ports that are not known before. */
const network = { allow: ['127.0.0.1'], loopbackServers: true };

/** Registers, in Vitest, the faults that an adapter has to survive on its real server; they need `integration` and `slow`. */
export function storageFaults<R extends StorageRecord, Q extends StorageQuery, Item>(
  options: StorageFaultsOptions<R, Q, Item>,
): void {
  describe(`storage faults: ${options.name}`, { meta: { network } as object }, () => {
    const detector = new LeakDetector();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    let stopListening = () => {};

    beforeAll(() => {
      process.on('unhandledRejection', note);
      stopListening = detector.listen();
    });
    afterAll(() => {
      stopListening();
      process.removeListener('unhandledRejection', note);
    });

    networkFaults(options, detector);
    crashes(options, detector);
    if (options.tls) tlsFaults(options.tls, detector);

    test('no fault left an unhandled rejection', () => {
      expect(unhandled).toEqual([]);
    });

    test('no fault showed a secret or a payload', () => {
      const { leaks, examined } = detector.report();
      expect(examined).toBeGreaterThan(0);
      expect(leaks).toEqual([]);
    });
  });
}
