import { expect, test } from 'vitest';
import { codeOf } from './code-of.js';

test.each([
  [{ code: 'ECONNREFUSED' }, 'ECONNREFUSED'],
  [{ cause: { code: '28P01' } }, '28P01'],
  [new AggregateError([{}, { code: 'ENETUNREACH' }]), 'ENETUNREACH'],
  [{ code: 'Neo.ClientError.Security.Unauthorized' }, 'Neo.ClientError.Security.Unauthorized'],
  [{ code: 'a secret with spaces' }, undefined],
  ['text', undefined],
])('of %j is %s', (error, code) => {
  expect(codeOf(error)).toBe(code);
});

test('an error that is its own cause has no code', () => {
  const error: { cause?: unknown } = {};
  error.cause = error;
  expect(codeOf(error)).toBeUndefined();
});
