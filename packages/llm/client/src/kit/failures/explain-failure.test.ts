import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { toLlmError } from '../../contract/index.js';
import { CarriedFailure } from './carried-failure.js';
import { explainFailure } from './explain-failure.js';
import type { FailureDialect } from './failure-dialect.js';

const failures: FailureDialect = {
  rules: [
    { status: 400, code: 'no_credit', kind: 'quota', detail: 'own rule' },
    { code: 'busy', kind: 'unavailable', detail: 'own rule', retriable: false },
  ],
};
const context = { provider: 'p', model: 'm' };
const explain = (error: unknown) => explainFailure(error, context, { failures, apiKey: 'canary' });
const answered = (status: number, body: unknown = undefined) =>
  explain(new CarriedFailure({ answer: { status, headers: new Headers(), body } }));

test.for<[status: number, kind: string, retriable: boolean]>([
  [302, 'unavailable', false],
  [400, 'bad_request', false],
  [401, 'auth', false],
  [402, 'quota', false],
  [403, 'auth', false],
  [404, 'bad_request', false],
  [408, 'timeout', true],
  [409, 'unavailable', true],
  [413, 'bad_request', false],
  [418, 'bad_request', false],
  [422, 'bad_request', false],
  [425, 'unavailable', true],
  [429, 'rate_limit', true],
  [499, 'unavailable', true],
  [500, 'unavailable', true],
  [501, 'bad_request', false],
  [503, 'unavailable', true],
  [504, 'timeout', true],
  [529, 'unavailable', true],
])('%i is %s', ([status, kind, retriable]) => {
  expect(answered(status)).toMatchObject({ kind, retriable, status, provider: 'p', model: 'm' });
});

test('a rule of the service comes before that of the status', () => {
  expect(answered(400, { error: { code: 'no_credit' } })).toMatchObject({ kind: 'quota', code: 'no_credit' });
  expect(answered(500, { code: 'busy' })).toMatchObject({ kind: 'unavailable', retriable: false });
});

test.for<[body: unknown, code: string | undefined]>([
  [{ error: { code: 'a_code', type: 'a_type' } }, 'a_code'],
  [{ error: { code: null, type: 'a_type' } }, 'a_type'],
  [{ code: 1_234 }, '1234'],
  [{ error: { code: 'What is the capital?' } }, undefined],
  [{ error: { code: 'x'.repeat(49) } }, undefined],
  [{ error: { code: 'canary' } }, undefined],
  [{ error: { code: 'key_is_canary' } }, undefined],
  [[], undefined],
  [null, undefined],
  ['a text', undefined],
])('the code of %o', ([body, code]) => {
  expect(answered(500, body).code).toBe(code);
});

test.for<[code: string, retriable: boolean]>([
  ['ECONNREFUSED', true],
  ['EAI_AGAIN', true],
  ['UND_ERR_SOCKET', true],
  ['CERT_HAS_EXPIRED', false],
  ['SELF_SIGNED_CERT_IN_CHAIN', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', false],
])('%s of the network', ([code, retriable]) => {
  const cause = Object.assign(new Error('canary'), { code });
  const failure = explain(new CarriedFailure({ error: new TypeError('fetch failed', { cause }) }));
  expect(failure).toMatchObject({ kind: 'unavailable', code, retriable });
  expect(inspect(failure)).not.toContain('canary');
});

test('an error of the family stays, however deep', () => {
  const own = toLlmError('quota', { provider: 'p', detail: 'd' });
  expect(explain(new Error('outer', { cause: new Error('inner', { cause: own }) }))).toBe(own);
});

test('what is not expected shows nothing but its class', () => {
  const failure = explain(Object.assign(new RangeError('canary'), { body: 'canary' }));
  expect(failure).toMatchObject({ kind: 'unavailable', retriable: false, code: 'UNEXPECTED' });
  expect(failure.message).toContain('RangeError');
  expect(inspect(failure)).not.toContain('canary');
  expect(explain('canary').message).toContain('string');
});

test('a chain of causes that leads back to its start has an end', () => {
  const first = new Error('first');
  first.cause = new Error('second', { cause: first });
  expect(explain(first).code).toBe('UNEXPECTED');
});
