import { describe, expect, needs, test } from './framework/index.js';
import { rejection, type Suite } from './suite.js';

class Hidden {
  #value = 'canary';
  toString() {
    return this.#value;
  }
}

const cycle: unknown[] = [];
cycle.push(cycle);

const LOST: [string, unknown][] = [
  ['a Map', new Map([['a', 1]])],
  ['a Set', new Set([1])],
  ['a RegExp', /a/],
  ['an Error', new Error('a')],
  ['an instance of a class', new Hidden()],
  ['a typed array', new Uint8Array([1])],
  ['a Date', new Date(0)],
  ['a Date that is invalid', new Date(Number.NaN)],
  ['a bigint', 2n ** 80n],
  ['NaN', Number.NaN],
  ['an infinity', Number.POSITIVE_INFINITY],
  ['undefined in a list', [undefined]],
  ['a function', () => {}],
  ['a symbol', Symbol('a')],
  ['a cycle', cycle],
];

/** What would come back as something else is refused, or comes back alike. */
export function losslessCases(suite: Suite): void {
  needs({ json: true }, () => jsonCases(suite));
}

function jsonCases(suite: Suite): void {
  describe('a value that JSON cannot hold', () => {
    test.each(LOST)('is refused with its path, or comes back alike: %s', async (_, value) => {
      const record = suite.record({ data: { part: [value] } });
      const error = await suite.adapter.store(record).then(
        () => undefined,
        (reason) => reason,
      );
      if (error === undefined) return expect(await suite.adapter.retrieve(record.id)).toStrictEqual(record);
      expect(error).toMatchObject({ kind: 'data', retriable: false, outcome: 'not_sent', attempts: 0 });
      expect(error.message).toMatch(/part\[0\]/);
      await expect(suite.adapter.retrieve(record.id)).resolves.toBeNull();
    });

    test('is refused where it is the record', async () => {
      const record = Object.assign(new Hidden(), suite.record());
      for (const given of [record, new Map(), new Date(0)]) {
        const error = await rejection(suite.adapter.store(given as typeof record));
        expect(error).toMatchObject({ kind: 'data', code: 'INVALID_RECORD', outcome: 'not_sent' });
      }
    });

    test('fails alone in a batch', async () => {
      const [good, bad] = [suite.record(), suite.record({ data: { part: [new Set()] } })];
      const error = await rejection(suite.adapter.storeBatch([good, bad]));
      expect(error.failures).toMatchObject([{ index: 1, id: bad.id }]);
      await expect(suite.adapter.retrieve(good.id)).resolves.toEqual(good);
    });
  });
}
