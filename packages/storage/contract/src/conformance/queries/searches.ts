import { describe, expect, needs, test } from '../framework/index.js';
import { rejection, type Suite } from '../suite.js';

/** Searching a scope, page by page. */
export function searchCases(suite: Suite): void {
  describe('search', () => {
    test('search finds nothing where nothing is', async () => {
      await expect(suite.page(suite.unique())).resolves.toEqual({ ids: [] });
    });

    test('search finds the records of its scope and no others', async () => {
      const { scope, ids } = await filled(suite, 3);
      await filled(suite, 2);
      expect((await suite.page(scope)).ids.toSorted()).toEqual(ids.toSorted());
    });

    test('search tells scopes apart that are alike', async () => {
      const scopes = alike(suite.unique());
      const records = scopes.map((scope) => suite.record({ scope }));
      await suite.adapter.storeBatch(records);
      const found = await Promise.all(scopes.map((scope) => suite.page(scope)));
      expect(found.map(({ ids }) => ids)).toEqual(records.map(({ id }) => [id]));
    });

    test('search gives whole records', async () => {
      const { scope, records } = await filled(suite, 1);
      const { items } = await suite.adapter.search(suite.options.query(scope));
      expect(items).toMatchObject(records);
    });

    needs({ order: 'newest-first' }, () => {
      test('search lists the newest first', async () => {
        const { scope, ids } = await filled(suite, 7);
        expect((await suite.pages(scope, 3)).flat()).toEqual(ids.toReversed());
      });
    });

    test.each([
      [7, 3, [3, 3, 1]],
      [6, 3, [3, 3]],
      [3, 3, [3]],
      [2, 3, [2]],
      [3, 1, [1, 1, 1]],
    ])('search cuts %i records into pages of %i and loses none', async (count, limit, sizes) => {
      const { scope, ids } = await filled(suite, count);
      const pages = await suite.pages(scope, limit);
      expect(pages.map((page) => page.length)).toEqual(sizes);
      expect(pages.flat().toSorted()).toEqual(ids.toSorted());
    });

    test('search gives 50 items when no limit is given', async () => {
      const { scope } = await filled(suite, 51);
      const page = await suite.page(scope);
      expect(page.ids).toHaveLength(50);
      expect(page.cursor).toBeTypeOf('string');
    });

    test('search forgets what was deleted', async () => {
      const { scope, ids } = await filled(suite, 3);
      await suite.adapter.delete(ids[1] as string);
      expect((await suite.page(scope)).ids.toSorted()).toEqual([ids[0], ids[2]].toSorted());
    });

    test('search lists a record that was stored again only once', async () => {
      const { scope, records, ids } = await filled(suite, 3);
      await suite.adapter.store(records[0] as { id: string });
      expect((await suite.page(scope)).ids.toSorted()).toEqual(ids.toSorted());
    });

    test('search follows a record that moved to another scope', async () => {
      const { scope, ids } = await filled(suite, 1);
      const elsewhere = suite.unique();
      const moved = suite.record({ id: ids[0] as string, scope: elsewhere });
      await suite.adapter.store(moved);
      expect((await suite.page(scope)).ids).toEqual([]);
      expect((await suite.page(elsewhere)).ids).toEqual(ids);
    });

    needs({ stablePages: true }, () => {
      test('search keeps its pages when records are stored between them', async () => {
        const { scope, ids } = await filled(suite, 6);
        const pages = await suite.pages(scope, 2, () =>
          suite.adapter.store(suite.record({ scope, number: 99 })),
        );
        const found = pages.flat();
        expect(new Set(found).size).toBe(found.length);
        expect(ids.filter((id) => !found.includes(id))).toEqual([]);
      });

      test('search keeps its pages when a listed record is deleted between them', async () => {
        const { scope, ids } = await filled(suite, 6);
        const [first] = (await suite.page(scope, { limit: 2 })).ids;
        const pages = await suite.pages(scope, 2, (page) =>
          page === 1 ? suite.adapter.delete(first as string) : Promise.resolve(),
        );
        expect(pages.flat().toSorted()).toEqual(ids.toSorted());
      });
    });

    test.each([0, -1, 1.5, 1_001, Number.NaN])('search refuses a limit of %d', async (limit) => {
      const error = await rejection(suite.page(suite.unique(), { limit }));
      expect(error).toMatchObject({ kind: 'query', retriable: false, outcome: 'not_sent', attempts: 0 });
    });

    test.each([
      ['no characters', ''],
      ['a word', 'nonsense'],
      ['an empty object', Buffer.from('{}').toString('base64url')],
      ['10 kB', 'x'.repeat(10_000)],
    ])('search refuses a cursor that it did not give out: %s', async (_, cursor) => {
      const error = await rejection(suite.page(suite.unique(), { cursor }));
      expect(error).toMatchObject({ kind: 'query', retriable: false });
    });
  });
}

/** Texts that words, patterns, signs left out, case or accents would make one. */
function alike(name: string): string[] {
  const signs = [
    '-',
    ':',
    ' ',
    '_',
    '.',
    '/',
    '*',
    '%',
    '`',
    '"',
    '\\',
    ' || ',
    ',',
    '-é',
    '-e\u0301',
    '-e',
    '-E',
  ];
  return [`team${name}`, ...signs.map((sign) => `team${sign}${name}`), `Team-${name}`, `team-${name}-`];
}

async function filled(suite: Suite, count: number) {
  const scope = suite.unique();
  const records = suite.records(count, scope);
  for (const record of records) await suite.adapter.store(record);
  return { scope, records, ids: records.map(({ id }) => id) };
}
