import { StorageDataError } from '../errors/errors.js';
import { describe, expect, test } from './framework/index.js';
import { rejection, type Suite } from './suite.js';

const HOSTILE: [string, string][] = [
  ['quotes', `it's "quoted" \`so\``],
  ['slashes', '../a//b\\c/?d=e#f'],
  ['colons', 'a:b::c:'],
  ['glob characters', '*?[a-z]^{x,y}'],
  ['braces that look like a hash tag', '{tag}rest{'],
  ['spaces around', '  spaced  '],
  ['line ends', 'a\r\nb\n'],
  ['NUL', 'a\u0000b'],
  ['percent signs', '%00%2F%s'],
  ['a statement', `x'); DROP TABLE records; --`],
  ['an expression', '$1 {{x}} `id`:=[`a`] MATCH (n)'],
  ['emoji', '👩‍👩‍👧🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
  ['right-to-left text', 'שלום\u202eabc'],
  ['a prototype’s key', '__proto__'],
  ['an inherited key', 'constructor'],
  ['a number', '0'],
  ['10 kB', 'k'.repeat(10_000)],
];

const INVALID: [string, unknown][] = [
  ['no characters', ''],
  ['a lone surrogate', 'a\ud800b'],
  ['a number', 1],
  ['null', null],
  ['an object', {}],
];

/** Ids that break naive adapters. */
export function idCases(suite: Suite): void {
  describe('ids', () => {
    test.each(HOSTILE)('ids with %s work everywhere, or are refused before any I/O', async (_, text) => {
      // A batch's neighbour shows that ids do not run into each other; the suffix, that runs do not.
      const [id, neighbour] = [text, `${text}${suite.unique()}`];
      if (await refuses(suite, id)) return expectRefused(suite, id);
      const records = [id, neighbour].map((id, number) => suite.record({ id, number }));
      await suite.adapter.storeBatch(records);
      await expect(suite.adapter.retrieve(id)).resolves.toEqual(records[0]);
      await expect(suite.adapter.retrieveBatch([neighbour, id])).resolves.toEqual(records.toReversed());
      await expect(suite.adapter.delete(id)).resolves.toBe(true);
      await expect(suite.adapter.deleteBatch([id, neighbour])).resolves.toEqual(
        new Map([
          [id, false],
          [neighbour, true],
        ]),
      );
    });

    test.each([
      ['case', 'Key', 'key'],
      ['Unicode form', '\u00e9', 'e\u0301'],
      ['a trailing space', 'key', 'key '],
      ['a leading zero', '1', '01'],
    ])('ids that differ in %s are different', async (_, one, other) => {
      const scope = suite.unique();
      const records = [`${scope}${one}`, `${scope}${other}`].map((id, number) =>
        suite.record({ id, number, scope }),
      );
      await suite.adapter.storeBatch(records);
      await expect(suite.adapter.retrieveBatch(records.map(({ id }) => id))).resolves.toEqual(records);
    });

    test.each(INVALID)('ids that are %s are refused everywhere', async (_, id) => {
      await expectRefused(suite, id as string);
    });
  });
}

/** Whether the backend refuses an id: as declared, or as it turns out. */
async function refuses(suite: Suite, id: string): Promise<boolean> {
  const { refusesId } = suite.capabilities;
  if (refusesId) return refusesId(id);
  const stored = suite.adapter.store(suite.record({ id }));
  return stored.then(
    () => false,
    (error) => error.kind === 'data' && error.outcome === 'not_sent',
  );
}

async function expectRefused(suite: Suite, id: string): Promise<void> {
  const { adapter } = suite;
  const sent = () =>
    Object.values(adapter.getMetrics().operations).reduce((sum, { roundTrips }) => sum + roundTrips, 0);
  const before = sent();
  const record = { ...suite.record(), id };
  const calls = [
    ...(id === null ? [] : [adapter.store(record), adapter.storeBatch([record])]),
    adapter.retrieve(id),
    adapter.delete(id),
    adapter.retrieveBatch([id]),
    adapter.deleteBatch([id]),
  ];
  for (const error of await Promise.all(calls.map(rejection))) {
    expect(error).toMatchObject({
      name: StorageDataError.name,
      retriable: false,
      outcome: 'not_sent',
      attempts: 0,
    });
  }
  expect(sent()).toBe(before);
}
