import { describe, expect, test } from './framework/index.js';
import { newNamespace, removeStaleNamespaces } from './namespace.js';
import type { Suite } from './suite.js';

const TWO_DAYS_MS = 2 * 24 * 3_600_000;

/** What a run that was killed leaves on a server that others use too. */
export function leftoverCases(suite: Suite): void {
  const { namespaces, createAdapter } = suite.options;
  if (!namespaces) return;

  describe('what killed runs left', () => {
    const named = async (namespace: string) => {
      const name = namespace.replaceAll('-', '_');
      return (await namespaces()).filter((found) => found.replaceAll('-', '_').includes(name));
    };

    test('what a killed run left is removed by a run a day later; what runs now stays', async () => {
      const namespace = newNamespace(Date.now() - TWO_DAYS_MS);
      const killed = await createAdapter({ namespace, options: {} });
      await killed.connect();
      // Another run may be tidying up just now.
      await killed.store(suite.record()).catch(() => {});
      await killed.disconnect();
      await suite.adapter.store(suite.record());

      await removeStaleNamespaces(suite.options);

      expect(await named(namespace)).toEqual([]);
      expect(await named(suite.namespace)).not.toEqual([]);
    });
  });
}
