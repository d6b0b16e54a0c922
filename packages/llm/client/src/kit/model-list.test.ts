import { expect, test } from 'vitest';
import { type ModelList, modelData, withCost } from './model-list.js';

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
