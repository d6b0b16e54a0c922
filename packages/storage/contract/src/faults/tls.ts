import { describe, expect, type TestContext, test } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { type Certificate, makeCertificates } from './certificates.js';
import { timed } from './deadline.js';
import type { TlsFaults } from './options.js';
import { have, Scene, type Target, take } from './server-under-test.js';
import { CANARY_SECRET, type Witness } from './leak-detector.js';

const START_MS = 120_000;
const CONNECT_MS = 60_000;
/** A server may listen before it serves. */
const UNTIL_READY = 10_000;

/** A real server whose certificate is good, has ended, or is another one than the one trusted. */
export function tlsFaults<R extends StorageRecord, Q extends StorageQuery, Item>(
  { startVictim, target }: TlsFaults<R, Q, Item>,
  witness: Witness,
): void {
  describe('a server with TLS', () => {
    const refused = { kind: 'connection', retriable: false, outcome: 'not_sent', attempts: 1 };

    /** Starts a server that has this certificate, for as long as `work` takes. */
    async function withServer(
      context: TestContext,
      certificate: Certificate,
      work: (sceneThatTrusts: (trusted: Certificate) => Scene) => Promise<void>,
    ) {
      const victim = take(await have(startVictim(`${CANARY_SECRET}-tls`, certificate)), context);
      const scenes: Scene[] = [];
      try {
        await work((trusted) => {
          const scene = new Scene(target(victim.variables, trusted.cert) as unknown as Target, witness);
          scenes.push(scene);
          return scene;
        });
      } finally {
        for (const scene of scenes) await scene.close();
        await victim.stop();
      }
    }

    async function refusalBy(scene: Scene) {
      const adapter = await scene.adapter({ retry: { maxAttempts: 3 } });
      const { error } = await timed(() => adapter.connect({ timeoutMs: CONNECT_MS }));
      return scene.facts(error, 'TLS');
    }

    test('serves those who trust its certificate, and is refused by others', {
      timeout: START_MS,
    }, async (context) => {
      const [{ valid }, other] = [await makeCertificates(), await makeCertificates()];
      await withServer(context, valid, async (sceneThatTrusts) => {
        const scene = sceneThatTrusts(valid);
        const adapter = await scene.adapter({ retry: { maxAttempts: UNTIL_READY, maxDelayMs: 100 } });
        await adapter.connect({ timeoutMs: CONNECT_MS });
        const record = scene.record();
        await adapter.store(record);
        expect(await adapter.retrieve(record.id)).toEqual(record);
        expect(await refusalBy(sceneThatTrusts(other.valid))).toEqual(refused);
      });
    });

    test('is refused once its certificate has ended', { timeout: START_MS }, async (context) => {
      const { expired } = await makeCertificates();
      await withServer(context, expired, async (sceneThatTrusts) => {
        expect(await refusalBy(sceneThatTrusts(expired))).toEqual(refused);
      });
    });
  });
}
