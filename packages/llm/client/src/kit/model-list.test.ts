import { expect, test } from 'vitest';
import { type ModelList, modelData, pricedList, withCost } from './model-list.js';

const LIST: ModelList = {
  asOf: '2026-11-23',
  source: 'a document',
  defaultModel: 'cached',
  models: {
    cached: { contextTokens: 10, price: { input: 2, cachedInput: 1, output: 4 } },
    plain: { contextTokens: 10, price: { input: 2, output: 4 } },
    free: { contextTokens: 10 },
  },
};
const USAGE = {
  inputTokens: 1_000_000,
  outputTokens: 500_000,
  totalTokens: 1_500_000,
  cachedInputTokens: 400_000,
};

test('tokens from the cache have a price of their own, where there is one', () => {
  expect(withCost(USAGE, 'cached', LIST).costUsd).toBeCloseTo(0.6 * 2 + 0.4 * 1 + 0.5 * 4);
  expect(withCost(USAGE, 'plain', LIST).costUsd).toBeCloseTo(2 + 0.5 * 4);
});

test('no price is made up', () => {
  for (const model of ['free', 'unknown', 'constructor']) expect(withCost(USAGE, model, LIST)).toEqual(USAGE);
  expect(modelData(LIST, 'toString')).toBeUndefined();
});

test('a price holds from its first day until its last', () => {
  const half = { input: 1, output: 1, until: '2027-01-01' };
  const models = { flash: { contextTokens: 10, price: [half, { input: 2, output: 2, from: '2027-01-01' }] } };
  const costAt = (day: string) =>
    withCost(USAGE, 'flash', pricedList({ ...LIST, models }, { wallClock: () => Date.parse(day) })).costUsd;
  expect([costAt('2026-12-31T23:59:59Z'), costAt('2027-01-01')]).toEqual([1.5, 3]);
});

test('the model that answered has the price, or that of which it is a version', () => {
  expect(withCost(USAGE, 'plain', LIST, 'cached').costUsd).toBeCloseTo(0.6 * 2 + 0.4 * 1 + 0.5 * 4);
  expect(withCost(USAGE, 'plain', LIST, 'plain-001').costUsd).toBeCloseTo(2 + 0.5 * 4);
  expect(withCost(USAGE, 'plain', LIST, 'another').costUsd).toBeUndefined();
});

test('own prices come before those of the list', () => {
  const list = pricedList(LIST, {
    prices: { plain: { input: 0, output: 2 }, mine: { input: 1, output: 0 } },
  });
  expect([withCost(USAGE, 'plain', list).costUsd, withCost(USAGE, 'mine', list).costUsd]).toEqual([1, 1]);
  const audio = { ...USAGE, cachedInputTokens: 0, audioInputTokens: 1_000_000 };
  const loud = pricedList(LIST, { prices: { plain: { input: 0, audioInput: 5, output: 0 } } });
  expect(withCost(audio, 'plain', loud).costUsd).toBe(5);
});
