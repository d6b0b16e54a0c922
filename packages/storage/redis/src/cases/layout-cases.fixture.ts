import { readFileSync } from 'node:fs';
import { newNamespace } from '@drydock/storage/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRedisAdapter } from '../adapter.js';
import { type ConnectionSettings, removeNamespace, withClient } from './conformance.fixture.js';

interface Turn {
  readonly id?: string;
  readonly session?: string;
  readonly text?: string;
}

type Planted = { readonly key: string; readonly expires: boolean } & (
  | { readonly string: string }
  | { readonly zset: readonly string[] }
);

/** What the first layout wrote, recorded before there was a second; run on the offline server and on a live one. */
export function layoutCases(settings: ConnectionSettings): void {
  describe('keys of the first layout', () => {
    const prefix = newNamespace();
    const adapter = createRedisAdapter<Turn>({ ...settings, prefix, group: ({ session }) => session });
    const idsOf = async (group: string) => (await adapter.search({ group })).items.map(({ id }) => id);

    beforeAll(async () => {
      const text = readFileSync(new URL('./layout-1.json', import.meta.url), 'utf8');
      await withClient(settings, async (client) => {
        for (const planted of JSON.parse(text.replaceAll('"layout-1:', `"${prefix}:`)) as Planted[]) {
          if ('string' in planted) await client.set(planted.key, planted.string);
          else {
            const pairs = planted.zset.flatMap((id, at) => (at % 2 ? [] : [planted.zset[at + 1] ?? '', id]));
            await client.zadd(planted.key, ...pairs);
          }
          if (planted.expires) await client.pexpire(planted.key, 600_000);
        }
      });
      await adapter.connect();
    });

    afterAll(async () => {
      await adapter.disconnect();
      await removeNamespace(settings, prefix);
    });

    test('are read, searched and tidied', async () => {
      expect(await adapter.retrieve('c')).toEqual({ id: 'c', session: 't', text: 'ends' });
      expect(await idsOf('s')).toEqual(['left', 'b', 'a']);
      expect(await idsOf('t')).toEqual(['moved', 'c']);
      expect(await idsOf('u')).toEqual([]);
      const names = (group: string) => withClient(settings, (client) => client.zcard(`${prefix}:g:${group}`));
      expect([await names('s'), await names('t'), await names('u')]).toEqual([3, 2, 0]);
    });

    test('lose a record to another group, and keep one that stays', async () => {
      await adapter.store({ id: 'a', session: 't' });
      await adapter.update('b', { text: 'changed' });
      expect(await idsOf('s')).toEqual(['b', 'left']);
      expect(await idsOf('t')).toEqual(['a', 'moved', 'c']);
    });
  });
}
