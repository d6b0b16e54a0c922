import { describe, expect, test } from 'vitest';
import { toFault } from './errors.js';

const http = (httpStatus: number, text = '') =>
  Object.assign(new Error(`Request failed with HTTP code ${httpStatus} | Server said: ${text}`), {
    httpStatus,
    httpBody: 'canary',
  });
const coded = (code: string) => Object.assign(new Error('canary'), { code, config: { headers: 'canary' } });
const named = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('the same fault always has the same class', () => {
  test.each<[string, unknown, string, boolean, string]>([
    ['refused', coded('ECONNREFUSED'), 'connection', true, 'unknown'],
    ['no such host', coded('ENOTFOUND'), 'connection', true, 'unknown'],
    ['no DNS', coded('EAI_AGAIN'), 'connection', true, 'unknown'],
    ['no route', coded('EHOSTUNREACH'), 'connection', true, 'unknown'],
    ['a sandbox', coded('EPERM'), 'connection', false, 'unknown'],
    ['reset', coded('ECONNRESET'), 'connection', true, 'unknown'],
    ['pipe', coded('EPIPE'), 'connection', true, 'unknown'],
    ['cut off', coded('ERR_BAD_RESPONSE'), 'connection', true, 'unknown'],
    ['network', coded('ERR_NETWORK'), 'connection', true, 'unknown'],
    ['socket timeout', coded('ETIMEDOUT'), 'timeout', true, 'unknown'],
    ['client timeout', coded('ECONNABORTED'), 'timeout', true, 'unknown'],
    ['signal timeout', named('TimeoutError'), 'timeout', true, 'unknown'],
    ['invalid address', coded('ERR_INVALID_URL'), 'connection', false, 'rejected'],
    ['expired certificate', coded('CERT_HAS_EXPIRED'), 'connection', false, 'unknown'],
    ['self-signed', coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'connection', false, 'unknown'],
    ['other host name', coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'connection', false, 'unknown'],
    ['TLS to a plain port', coded('EPROTO'), 'connection', false, 'unknown'],
    ['no HTTP', coded('HPE_INVALID_CONSTANT'), 'connection', false, 'rejected'],
    ['cut JSON', named('SyntaxError'), 'connection', true, 'unknown'],
    ['301', http(301), 'connection', false, 'rejected'],
    ['400', http(400, 'Could not parse the filter query.'), 'query', false, 'rejected'],
    ['400, type', http(400, 'Field `a` must be a string.'), 'data', false, 'rejected'],
    ['400, dimension', http(400, 'Field `a` must have 2 dimensions.'), 'data', false, 'rejected'],
    ['400, missing', http(400, 'Field `a` has been declared in the schema, but'), 'data', false, 'rejected'],
    ['400, id', http(400, 'The `id` should not be empty.'), 'data', false, 'rejected'],
    ['400, line', http(400, 'Bad JSON: [json.exception.parse_error.101]'), 'data', false, 'rejected'],
    ['401', http(401), 'connection', false, 'rejected'],
    ['403', http(403), 'connection', false, 'rejected'],
    ['404', http(404, 'Not Found'), 'not_found', false, 'rejected'],
    ['404, field', http(404, 'Could not find a filter field named `x`'), 'query', false, 'rejected'],
    ['408', http(408), 'timeout', true, 'unknown'],
    ['409', http(409), 'data', false, 'rejected'],
    ['413', http(413), 'data', false, 'rejected'],
    ['414', http(414), 'data', false, 'rejected'],
    ['422', http(422), 'data', false, 'rejected'],
    [
      '422, disk',
      http(422, 'Rejecting write: running out of resource type: OUT_OF_DISK'),
      'query',
      false,
      'rejected',
    ],
    ['422, page', http(422, 'Only upto 250 hits can be fetched per page.'), 'query', false, 'rejected'],
    ['429', http(429), 'connection', true, 'rejected'],
    ['500', http(500), 'query', true, 'unknown'],
    ['501', http(501), 'query', true, 'unknown'],
    ['502', http(502), 'connection', true, 'unknown'],
    ['503', http(503, 'Not Ready or Lagging'), 'connection', true, 'unknown'],
    ['504', http(504), 'connection', true, 'unknown'],
    ['anything else', new Error('surprise'), 'query', false, 'unknown'],
    ['no error', 'text', 'query', false, 'unknown'],
  ])('%s', (_, error, kind, retriable, outcome) => {
    expect(toFault(error, true)).toMatchObject({ kind, retriable, outcome });
    expect(toFault(error, false)).toMatchObject({ kind, retriable, outcome: 'not_sent' });
  });
});

test('codes are kept, and words of the server or the client never', () => {
  expect(toFault(http(404, 'canary'), true).code).toBe('HTTP_404');
  expect(toFault(coded('ECONNREFUSED'), true).code).toBe('ECONNREFUSED');
  const canaries = [
    http(400, 'canary Field `canary` must be a string.'),
    http(500, 'canary'),
    named('SyntaxError', 'canary'),
    coded('canary with spaces'),
    coded('canary'),
  ];
  for (const error of canaries) expect(JSON.stringify(toFault(error, true))).not.toContain('canary');
});

test('the status is that of HTTP, and no code of the client', () => {
  expect(toFault({ httpStatus: 404, message: 'canary' }, true).status).toBe('404');
  expect(toFault(coded('ECONNREFUSED'), true)).not.toHaveProperty('status');
});
