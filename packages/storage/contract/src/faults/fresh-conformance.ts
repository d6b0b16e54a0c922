import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { ConformanceOptions } from '../conformance/options.js';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import type { FreshTemplate, ServiceDefinition, ServiceVariables } from '../service.js';

const TIMEOUT_MS = 20_000;
const SCOPE = 'shared';

/** A part of the server under test. */
interface Part {
  readonly name: string;
  readonly variables: ServiceVariables;
}

/** Cases for `fresh` of a backend's definition, on the server that `env` leads to. */
export function freshConformance<R extends StorageRecord, Q extends StorageQuery, Item>(
  { backend, fresh }: ServiceDefinition,
  env: ServiceVariables,
  optionsOf: (variables: ServiceVariables) => ConformanceOptions<R, Q, Item>,
): void {
  describe(`${backend}: parts of a server for one file each`, { timeout: 60_000 }, () => {
    const random = () => randomBytes(4).toString('hex');
    const run = `dd_${Date.now().toString(36).padStart(8, '0')}_${random()}`;
    afterEach(() => remove(run));

    const remove = (prefix: string) =>
      fresh?.remove(env, { prefix, includes: (found) => found.startsWith(prefix) }, TIMEOUT_MS);

    async function make(template?: FreshTemplate): Promise<Part> {
      const name = `${run}_${random()}`;
      const request = { variables: env, name, timeoutMs: TIMEOUT_MS, ...(template && { template }) };
      return { name, variables: { ...env, ...(await fresh?.create?.(request)) } };
    }

    /** What stands on the server under the names of this run. */
    async function listed(): Promise<string[]> {
      const names: string[] = [];
      const note = (found: string) => names.push(found) < 0;
      await fresh?.remove(env, { prefix: run, includes: note }, TIMEOUT_MS);
      return names;
    }

    async function use<T>({ name, variables }: Part, work: (adapter: Adapter) => Promise<T>): Promise<T> {
      const adapter = optionsOf(variables).createAdapter({
        namespace: name,
        options: { timeoutMs: TIMEOUT_MS },
      });
      const opened = await adapter;
      await opened.connect();
      try {
        return await work(opened);
      } finally {
        await opened.disconnect({ timeoutMs: 1_000 });
      }
    }
    type Adapter = Awaited<ReturnType<ConformanceOptions<R, Q, Item>['createAdapter']>>;

    const { record, query } = optionsOf(env);
    const store = (part: Part) =>
      use(part, (adapter) => adapter.store(record({ scope: SCOPE, number: 1, text: 'kept' })));
    const count = (part: Part) =>
      use(part, async (adapter) => (await adapter.search(query(SCOPE, { limit: 10 }))).items.length);

    test('what is stored in one is not found in the other', async () => {
      const [one, other] = await Promise.all([make(), make()]);
      await Promise.all([store(one), store(other)]);
      expect(await Promise.all([count(one), count(other)])).toEqual([1, 1]);
    });

    test('one is removed with all it holds, and the other stays', async () => {
      const [one, other] = await Promise.all([make(), make()]);
      await Promise.all([store(one), store(other)]);
      await remove(one.name);
      const names = (await listed()).join();
      expect(names).not.toContain(one.name);
      expect(names).toContain(other.name);
      expect(await count(other)).toBe(1);
      await remove(one.name);
    });

    test('one is removed while a client is connected to it', async () => {
      const part = await make();
      await use(part, async (adapter) => {
        await adapter.store(record({ scope: SCOPE, number: 1, text: 'kept' }));
        await remove(part.name);
      });
      expect(await listed()).toEqual([]);
    });

    // A case that is skipped would not do for a run that requires this backend.
    if (fresh?.create === undefined) return;

    test('all copies of a run come from one template, made once', async () => {
      let migrations = 0;
      const migrate = async (variables: ServiceVariables) => {
        migrations += 1;
        await store({ name: run, variables });
      };
      const template = { name: `${run}_template`, migrate };
      const parts = await Promise.all(Array.from({ length: 4 }, () => make(template)));
      expect(migrations).toBe(1);
      const counts = parts.map(({ variables }) => count({ name: run, variables }));
      expect(await Promise.all(counts)).toEqual([1, 1, 1, 1]);
    });

    test('a template whose migration fails leaves nothing, and is tried again', async () => {
      const name = `${run}_template`;
      const broken = { name, migrate: () => Promise.reject(new Error('no such column')) };
      await expect(make(broken)).rejects.toThrow('no such column');
      expect(await listed()).toEqual([]);
      await make({ name, migrate: async (variables) => void (await store({ name: run, variables })) });
    });
  });
}
