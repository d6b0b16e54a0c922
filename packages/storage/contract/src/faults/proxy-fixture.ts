import { afterAll, beforeAll, describe, type TestContext, test } from 'vitest';
import type { AdapterOptions } from '../calls/options.js';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { openSockets, untilClosed } from './handles.js';
import type { FaultProxy, StorageFaultsOptions, Toxic } from './options.js';
import { type Adapter, type Had, have, Scene, type Target, take } from './server-under-test.js';
import type { Witness } from './leak-detector.js';

/** What a case works with: an adapter that serves now and has to serve again afterwards. */
export interface OnStage {
  readonly proxy: FaultProxy;
  readonly scene: Scene;
  readonly adapter: Adapter;
  /** Sockets that were open before the adapter's. */
  readonly socketsBefore: number;
  /** Disturbs the network in all these ways. */
  disturb(toxics: readonly Toxic[]): Promise<void>;
}

/** Runs a case between two proofs that the adapter serves. */
export type Stage = (context: TestContext, work: (on: OnStage) => Promise<void>) => Promise<void>;

/** Building the proxy once, on a machine that is busy. */
const OPEN_TIMEOUT_MS = 300_000;

/** One proxy before one real server; an adapter for each fault, which has to come through all cases of it. */
export class NetworkStage {
  readonly #witness: Witness;
  #had: Had<{ readonly proxy: FaultProxy; readonly scene: Scene }> | undefined;

  constructor(witness: Witness) {
    this.#witness = witness;
  }

  /** Opens the proxy before the cases and closes it after them. */
  open<R extends StorageRecord, Q extends StorageQuery, Item>(
    options: StorageFaultsOptions<R, Q, Item>,
  ): void {
    beforeAll(async () => {
      const opening = options.rig.openProxy().then((proxy) => {
        // The cases know records by their id alone.
        const target = options.target(proxy.variables) as unknown as Target;
        return { proxy, scene: new Scene(target, this.#witness) };
      });
      this.#had = await have(opening);
    }, OPEN_TIMEOUT_MS);

    afterAll(async () => {
      if (!this.#had || !('had' in this.#had)) return;
      const { proxy, scene } = this.#had.had;
      await proxy.mend();
      await scene.removeNamespace();
      await proxy.close();
    });
  }

  /** Registers the cases of one fault, and one more: that nothing is left open after it. */
  under(fault: string, options: AdapterOptions, cases: (stage: Stage) => void): void {
    describe(fault, () => {
      let adapter: Adapter | undefined;
      let socketsBefore = 0;

      cases(async (context, work) => {
        const { proxy, scene } = take(this.#had, context);
        if (!adapter) {
          socketsBefore = openSockets();
          adapter = await scene.connected(options);
        }
        await scene.recovered(adapter);
        const disturb = async (toxics: readonly Toxic[]) => {
          for (const toxic of toxics) await proxy.add(toxic);
        };
        try {
          await work({ proxy, scene, adapter, socketsBefore, disturb });
        } finally {
          await proxy.mend();
        }
        await scene.recovered(adapter);
      });

      test('leaves nothing open after disconnect', async (context) => {
        const { scene } = take(this.#had, context);
        await scene.close();
        await untilClosed(socketsBefore);
      });
    });
  }
}
