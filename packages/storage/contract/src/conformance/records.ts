import { describe, expect, needs, test } from './framework/index.js';
import type { Suite } from './suite.js';

const TEXTS: [string, string][] = [
  ['no characters', ''],
  ['quotes and backslashes', `"double" 'single' \`back\` \\ \\\\ \\n`],
  ['line ends and control characters', 'a\r\nb\tc\u0001\u001f\u2028\u2029'],
  ['many scripts', 'žluťoučký кот 猫 قطة हिन्दी e\u0301'],
  ['characters outside the basic plane', '👩‍👩‍👧 𝒳 🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
  ['markup of query languages', `'; DROP TABLE x; -- $1 :name {{x}} *?[a] <b> %s`],
];

const VALUES: [string, unknown][] = [
  ['nested objects and lists', { a: [{ b: { c: [1, [2, [3]]] } }], d: {} }],
  ['empty containers', { list: [], object: {} }],
  ['nulls and booleans', [null, true, false, { a: null }]],
  ['integers at the edge', [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0]],
  ['fractions and magnitudes', [0.1, -1.5, 1e-7, 1e21, 1.7976931348623157e308]],
  ['keys of every kind', { '': 1, 'a.b': 2, 'a b': 3, $set: 4, '0': 5, constructor: 6, ключ: 7 }],
  ['a key named __proto__', JSON.parse('{"__proto__":{"polluted":true}}')],
];

/** Storing, reading, replacing and deleting one record. */
export function recordCases(suite: Suite): void {
  describe('one record', () => {
    const tags = [...(suite.options.roundTripTags ?? [])];
    test('a record comes back as it was stored', { tags }, async () => {
      const record = suite.record();
      await expect(suite.adapter.store(record)).resolves.toBe(record.id);
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
    });

    test('a record gets an id of its own when it has none', async () => {
      const record = suite.options.record({ scope: 'any', number: 1, text: 'no id' });
      const ids = await Promise.all([suite.adapter.store(record), suite.adapter.store(record)]);
      expect(new Set(ids).size).toBe(2);
      for (const id of ids) {
        expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
        await expect(suite.adapter.retrieve(id)).resolves.toEqual({ ...record, id });
      }
    });

    test('a missing record is null', async () => {
      await expect(suite.adapter.retrieve(suite.unique())).resolves.toBeNull();
    });

    test('a record is replaced as a whole', async () => {
      const record = suite.record({ text: 'old' });
      const replacement = suite.record({ id: record.id, text: 'new', number: 2 });
      await suite.adapter.store(record);
      await suite.adapter.store(replacement);
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(replacement);
    });

    test('a record is deleted once: true, then false', async () => {
      const { id } = await stored(suite);
      await expect(suite.adapter.delete(id)).resolves.toBe(true);
      await expect(suite.adapter.delete(id)).resolves.toBe(false);
      await expect(suite.adapter.retrieve(id)).resolves.toBeNull();
    });

    test('a record that was never there cannot be deleted', async () => {
      await expect(suite.adapter.delete(suite.unique())).resolves.toBe(false);
    });

    test('a record can be stored again after it was deleted', async () => {
      const record = await stored(suite);
      await suite.adapter.delete(record.id);
      await suite.adapter.store(record);
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
    });

    test('a record that was read is the caller’s own copy', async () => {
      const record = await stored(suite);
      const copy = (await suite.adapter.retrieve(record.id)) as { id: string };
      copy.id = 'changed';
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
    });

    test.each(TEXTS)('a record keeps a text of %s', async (_, text) => {
      const record = await stored(suite, { text });
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
    });

    test('a record may be large', async () => {
      const record = await stored(suite, {
        text: 'ž'.repeat((suite.capabilities.largeRecordBytes ?? 1_000_000) / 2),
      });
      await expect(suite.adapter.retrieve(record.id)).resolves.toEqual(record);
    });

    needs({ json: true }, () => {
      test.each(VALUES)('a record keeps %s', async (_, data) => {
        const record = await stored(suite, { data });
        const read = await suite.adapter.retrieve(record.id);
        expect(JSON.parse(JSON.stringify(read))).toStrictEqual(JSON.parse(JSON.stringify(record)));
        expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      });
    });
  });
}

async function stored(suite: Suite, sample: Parameters<Suite['record']>[0] = {}) {
  const record = suite.record(sample);
  await suite.adapter.store(record);
  return record;
}
