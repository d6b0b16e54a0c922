import { everyView } from './every-view.js';
import { describe, expect, test } from './framework/index.js';
import { rejection, type Suite } from './suite.js';

const PAYLOAD = 'canary-payload-7f3a';
const PASSWORD = 'canary-password-91bd';

/** What must not be seen anywhere. */
export function secrecyCases(suite: Suite): void {
  const secrets = [PAYLOAD, PASSWORD, ...(suite.options.secrets ?? [])];

  const expectSilent = (...values: unknown[]) => {
    const seen = values.flatMap(everyView).join('\n');
    for (const secret of secrets) expect(seen.includes(secret), 'a secret or a payload shows').toBe(false);
  };

  describe('secrets and payloads', () => {
    test('no secret shows in an adapter, whatever its state, nor in its metrics', async () => {
      const adapter = await suite.fresh();
      expectSilent(adapter, adapter.getMetrics());
      await adapter.connect();
      await adapter.store(suite.record({ text: PAYLOAD }));
      expectSilent(adapter, adapter.getMetrics(), await adapter.healthCheck());
      await adapter.disconnect();
      expectSilent(adapter, adapter.getMetrics(), await adapter.healthCheck());
    });

    test('no payload shows in the error of a record that cannot be stored', async () => {
      const bad = { ...suite.record({ text: PAYLOAD }), id: 'a\ud800' };
      const single = await rejection(suite.adapter.store(bad));
      const batch = await rejection(suite.adapter.storeBatch([bad, bad]));
      expectSilent(single, batch);
    });

    test('no payload shows in the error of an aborted call', async () => {
      const caller = new AbortController();
      const storing = rejection(
        suite.adapter.store(suite.record({ text: PAYLOAD }), { signal: caller.signal }),
      );
      caller.abort(new Error(PASSWORD));
      expectSilent(await storing);
    });

    if (suite.options.authenticates)
      test('no password shows in the error of a refused login', async () => {
        const adapter = await suite.fresh({}, PASSWORD);
        const error = await rejection(adapter.connect());
        expect(error).toMatchObject({ kind: 'connection', retriable: false, attempts: 1 });
        expectSilent(error, adapter, adapter.getMetrics());
      });

    if (suite.options.faults)
      test('no payload shows in the error of a lost connection', async () => {
        const adapter = await suite.connected({ retry: { maxAttempts: 1 } });
        await suite.options.faults?.set('drop-unapplied');
        expectSilent(
          await rejection(adapter.store(suite.record({ text: PAYLOAD }))),
          adapter,
          adapter.getMetrics(),
        );
      });
  });
}
