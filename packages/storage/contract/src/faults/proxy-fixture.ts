import { afterAll, beforeAll, describe, type TestContext, test } from 'vitest';
import type { AdapterOptions } from '../calls/options.js';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { type Availability, orSkip, tryAcquire } from './availability.js';
import { openSockets, untilClosed } from './handles.js';
import type { LeakDetector } from './leak-detector.js';
import type { FaultProxy, StorageFaultsOptions, Toxic } from './options.js';
import { type Adapter, ServerUnderTest } from './server-under-test.js';

/** What a test works with: an adapter that works now and has to work again afterwards. */
export interface FaultCase {
  readonly proxy: FaultProxy;
  readonly subject: ServerUnderTest;
  readonly adapter: Adapter;
  /** Sockets that were open before the adapter's. */
  readonly socketsBefore: number;
  /** Disturbs the network in all these ways. */
  disturb(toxics: readonly Toxic[]): Promise<void>;
}

/** Runs a test, and checks before and after it that the adapter works. */
export type RunCase = (context: TestContext, work: (faultCase: FaultCase) => Promise<void>) => Promise<void>;

/** Time to build the proxy once, on a busy machine. */
const OPEN_TIMEOUT_MS = 300_000;

/** One proxy in front of one real server, and one adapter for each fault, which has to survive all tests of that fault. */
export class ProxyFixture {
  readonly #detector: LeakDetector;
  #acquired: Availability<{ proxy: FaultProxy; subject: ServerUnderTest }> | undefined;

  constructor(detector: LeakDetector) {
    this.#detector = detector;
  }

  /** Opens the proxy before the tests and closes it after them. */
  open<R extends StorageRecord, Q extends StorageQuery, Item>(
    options: StorageFaultsOptions<R, Q, Item>,
  ): void {
    beforeAll(async () => {
      const opening = options.rig.openProxy();
      this.#acquired = await tryAcquire(
        opening.then((proxy) => ({
          proxy,
          subject: ServerUnderTest.of(options.target(proxy.variables), this.#detector),
        })),
      );
    }, OPEN_TIMEOUT_MS);

    afterAll(async () => {
      if (!this.#acquired || !('value' in this.#acquired)) return;
      const { proxy, subject } = this.#acquired.value;
      await proxy.restore();
      await subject.removeNamespace();
      await proxy.close();
    });
  }

  /** Registers the tests of one fault, and one more: that nothing is left open after it. */
  under(fault: string, options: AdapterOptions, cases: (run: RunCase) => void): void {
    describe(fault, () => {
      let adapter: Adapter | undefined;
      let socketsBefore = 0;

      cases(async (context, work) => {
        const { proxy, subject } = orSkip(this.#acquired, context);
        if (!adapter) {
          socketsBefore = openSockets();
          adapter = await subject.connected(options);
        }
        await subject.recovered(adapter);
        const disturb = async (toxics: readonly Toxic[]) => {
          for (const toxic of toxics) await proxy.add(toxic);
        };
        try {
          await work({ proxy, subject, adapter, socketsBefore, disturb });
        } finally {
          await proxy.restore();
        }
        await subject.recovered(adapter);
      });

      test(`an adapter that met ${fault} leaves nothing open after disconnect`, async (context) => {
        const { subject } = orSkip(this.#acquired, context);
        await subject.close();
        await untilClosed(socketsBefore);
      });
    });
  }
}
