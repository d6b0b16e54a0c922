import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDetails } from './error-details.js';

const type = (name: string) => `type.googleapis.com/google.rpc.${name}`;
const retryInfo = (retryDelay: unknown) => [{ '@type': type('RetryInfo'), retryDelay }];
const quotaFailure = (...violations: unknown[]) => [{ '@type': type('QuotaFailure'), violations }];

test.each([
  ['34.074824224s', 34_075],
  ['0s', 0],
  ['1.5s', 1_500],
  ['86400s', 86_400_000],
  ['-1s', undefined],
  ['1m', undefined],
  ['999999999999s', undefined],
  [30, undefined],
  [null, undefined],
])('a retry delay of %j is %j ms', (retryDelay, expected) => {
  expect(readDetails(retryInfo(retryDelay)).retryAfterMs).toBe(expected);
});

describe('a limit is exhausted', () => {
  test.each([
    ['GenerateRequestsPerDayPerProjectPerModel-FreeTier', '50', true],
    ['GenerateRequestsPerMinutePerProjectPerModel-FreeTier', '15', false],
    ['GenerateContentInputTokensPerModelPerMinute-FreeTier', '250000', false],
    ['GenerateContentInputTokensPerModelPerMinute-FreeTier', '0', true],
    ['SomethingElse', '5', false],
    [undefined, undefined, false],
  ])('%s of %s: %s', (quotaId, quotaValue, expected) => {
    expect(readDetails(quotaFailure({ quotaId, quotaValue })).exhausted).toBe(expected);
  });

  test('when any of several is', () => {
    const violations = [{ quotaId: 'RequestsPerMinute' }, { quotaId: 'RequestsPerDay' }];
    expect(readDetails(quotaFailure(...violations)).exhausted).toBe(true);
  });
});

test('a reason is a word of the service, and no text of its making', () => {
  const reason = (text: string) => readDetails([{ '@type': type('ErrorInfo'), reason: text }]).reason;
  expect(reason('API_KEY_INVALID')).toBe('API_KEY_INVALID');
  expect(reason('the key AIza is wrong')).toBeUndefined();
});

test('whatever the details are, reading them does not fail', () => {
  const named = fc.record({
    '@type': fc.constantFrom(type('RetryInfo'), type('ErrorInfo'), type('QuotaFailure'), 5),
    retryDelay: fc.anything(),
    reason: fc.anything(),
    violations: fc.anything(),
  });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.array(fc.oneof(named, fc.anything()))), (details) => {
      expect(typeof readDetails(details).exhausted).toBe('boolean');
    }),
  );
});
