import { inspect } from 'node:util';
import type { FreshNames, FreshRequest, ServiceDefinition } from '@drydock/storage/service';
import { expect, test, vi } from 'vitest';
import { runNamespace } from '../namespace.js';
import { fakeDefinition } from '../testing/definition.fixture.js';
import { openFresh, removeFresh } from './open-fresh.js';

const run = runNamespace();
const variables = { FAKE_URL: 'fake://:hunter2@db1' };

function definitionWith(fresh: ServiceDefinition['fresh']): ServiceDefinition {
  return { ...fakeDefinition(), endpoint: 'FAKE_URL', ...(fresh && { fresh }) };
}

test('a part that needs no making has a name of its own, is migrated, and is removed by that name', async () => {
  const remove = vi.fn(async (_variables: unknown, _names: FreshNames) => {});
  const migrate = vi.fn();
  const part = await openFresh(definitionWith({ remove }), { variables, run, migrate });
  expect(part.name).toMatch(new RegExp(`^${run}_[0-9a-f]{8}$`));
  expect(part.url).toBe(variables.FAKE_URL);
  expect(migrate).toHaveBeenCalledExactlyOnceWith({ name: part.name, url: variables.FAKE_URL, variables });
  await part.remove();
  const [, names] = remove.mock.lastCall ?? [];
  expect([`${part.name}:key`, `${run}_00000000`, 'others'].map((name) => names?.includes(name))).toEqual([
    true,
    false,
    false,
  ]);
});

test('a copied part has its own address; the template of equal migrations is the same', async () => {
  const templates: (string | undefined)[] = [];
  const create = async ({ name, template }: FreshRequest) => {
    templates.push(template?.name);
    return { FAKE_URL: `fake://db1/${name}` };
  };
  const definition = definitionWith({ create, remove: async () => {} });
  const migrations = [() => 1, () => 1, () => 2, undefined];
  for (const migrate of migrations) {
    const { url, name } = await openFresh(definition, { variables, run, migrate });
    expect(url).toBe(`fake://db1/${name}`);
  }
  const [first, second, third, none] = templates;
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(none).toBeUndefined();
});

test('a part whose migration fails is removed', async () => {
  const remove = vi.fn(async () => {});
  const opening = openFresh(definitionWith({ remove }), {
    variables,
    run,
    migrate: () => Promise.reject(new Error('no such column')),
  });
  await expect(opening).rejects.toThrow('no such column');
  expect(remove).toHaveBeenCalledOnce();
});

test('a run removes its own leftovers and those of a run two days ago', async () => {
  const remove = vi.fn(async (_variables: unknown, _names: FreshNames) => {});
  await removeFresh(definitionWith({ remove }), { variables, run });
  const [, names] = remove.mock.lastCall ?? [];
  const old = runNamespace(new Date(Date.now() - 2 * 24 * 3_600_000));
  const others = runNamespace();
  expect([`${run}_t1`, `${old}_1f0c9a3e`, `${others}_1f0c9a3e`].map((name) => names?.includes(name))).toEqual(
    [true, true, false],
  );
});

test('no log shows the address', async () => {
  const part = await openFresh(definitionWith(undefined), { variables, run });
  expect(inspect(part) + JSON.stringify(part)).not.toContain('hunter2');
});
