import { describe, expect, test } from 'vitest';
import { factsOf } from '../classify/chain.js';
import { classify } from '../classify/classify.js';
import { factsFromText } from '../read/facts-from-text.js';
import { RULES } from './index.js';
import { SAMPLES } from './samples.fixture.js';

const ALL = [...RULES.harness, ...RULES.others];

test('every rule has a sample, and every sample a rule', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(ALL.map(({ id }) => id).sort());
});

test('no two rules have one name', () => {
  expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
});

describe.each(Object.entries(SAMPLES))('%s', (id, samples) => {
  test.each(samples.map((sample, index) => ({ index, ...sample })))('sample $index', ({ error, ...rest }) => {
    const rule = ALL.find((each) => each.id === id);
    const verdict = classify({
      errors: [typeof error === 'string' ? factsFromText(error) : factsOf(error)],
      complete: true,
      ...rest,
    });
    expect(verdict).toMatchObject({ rule: id, class: rule?.class, subclass: rule?.subclass });
    expect(verdict.remedy).not.toMatch(/\{\w+\}|\(Error\)/);
    expect(verdict.evidence).not.toBe('');
  });
});
