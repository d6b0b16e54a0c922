import { expect, test } from 'vitest';
import { data, errorCode, faultOf, httpRule, networkRule, query, refusal, timeout } from './index.js';

const OWN = { texts: [[400, /too long/, data('own text')]], statuses: { 400: query('own') } } as const;

test.each([
  ['nothing was sent', refusal('x'), false, 'not_sent'],
  ['nothing can have left', { ...refusal('x'), unsent: true }, true, 'not_sent'],
  ['the server refused', refusal('x'), true, 'rejected'],
  ['nobody knows', { ...timeout('x'), doubtful: true }, true, 'unknown'],
] as const)('the outcome says that %s', (_, rule, sent, outcome) => {
  expect(faultOf(rule, { sent, code: 'C' })).toEqual({
    kind: rule.kind,
    retriable: rule.retriable,
    outcome,
    detail: 'x',
    code: 'C',
  });
});

test.each([
  ['ECONNREFUSED', 'connection', true],
  ['EPERM', 'connection', false],
  ['ETIMEDOUT', 'timeout', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'connection', false],
  ['EPROTO', 'connection', false],
])('the code %s of Node means a fault of kind %s', (code, kind, retriable) => {
  expect(networkRule(code)).toMatchObject({ kind, retriable });
});

test('a code that no table has, such as a property of every object, has no rule', () => {
  expect(networkRule('HPE_INVALID')).toBeUndefined();
  expect(networkRule('constructor')).toBeUndefined();
  expect(networkRule('ECONNREFUSED', { ECONNREFUSED: query('own') })).toEqual(query('own'));
});

test.each([
  [400, 'it is too long', 'own text'],
  [400, '', 'own'],
  [404, '', expect.stringContaining('does not exist')],
  [307, '', expect.stringContaining('redirects')],
  [418, '', 'the server refused the request'],
  [507, '', 'the server failed'],
])('an answer of %i that says %j', (status, text, detail) => {
  expect(httpRule(status, text, OWN)).toMatchObject({ detail });
});

test('errorCode takes short codes of one shape, and no text', () => {
  expect(errorCode({ code: 'WRONGTYPE' })).toBe('WRONGTYPE');
  for (const code of ['a secret', 'X'.repeat(49), 5, undefined]) expect(errorCode({ code })).toBeUndefined();
  expect(errorCode({ code: 'Neo.ClientError' }, /^[A-Za-z.]+$/)).toBe('Neo.ClientError');
  expect(errorCode(undefined)).toBeUndefined();
});
