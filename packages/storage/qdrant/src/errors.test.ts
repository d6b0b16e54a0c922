import { describe, expect, test } from 'vitest';
import { toFault } from './errors.js';

const http = (status: number, error?: string) =>
  Object.assign(new Error('status text'), { status, data: error === undefined ? '' : { status: { error } } });
const fetchFailed = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) });
const named = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('the same fault always has the same class', () => {
  test.each<[string, unknown, string, boolean, string]>([
    ['refused', fetchFailed('ECONNREFUSED'), 'connection', true, 'unknown'],
    ['no such host', fetchFailed('ENOTFOUND'), 'connection', true, 'unknown'],
    ['no DNS', fetchFailed('EAI_AGAIN'), 'connection', true, 'unknown'],
    ['no route', fetchFailed('EHOSTUNREACH'), 'connection', true, 'unknown'],
    ['a sandbox', fetchFailed('EPERM'), 'connection', false, 'unknown'],
    ['reset', fetchFailed('ECONNRESET'), 'connection', true, 'unknown'],
    ['pipe', fetchFailed('EPIPE'), 'connection', true, 'unknown'],
    ['closed by the other side', fetchFailed('UND_ERR_SOCKET'), 'connection', true, 'unknown'],
    ['pool destroyed', fetchFailed('UND_ERR_DESTROYED'), 'connection', true, 'unknown'],
    ['connect timeout', fetchFailed('UND_ERR_CONNECT_TIMEOUT'), 'timeout', true, 'unknown'],
    ['socket timeout', fetchFailed('ETIMEDOUT'), 'timeout', true, 'unknown'],
    ['headers timeout', fetchFailed('UND_ERR_HEADERS_TIMEOUT'), 'timeout', true, 'unknown'],
    ['invalid argument', fetchFailed('UND_ERR_INVALID_ARG'), 'connection', false, 'rejected'],
    ['expired certificate', fetchFailed('CERT_HAS_EXPIRED'), 'connection', false, 'unknown'],
    ['self-signed', fetchFailed('DEPTH_ZERO_SELF_SIGNED_CERT'), 'connection', false, 'unknown'],
    ['other host name', fetchFailed('ERR_TLS_CERT_ALTNAME_INVALID'), 'connection', false, 'unknown'],
    ['TLS to a plain port', fetchFailed('ERR_SSL_WRONG_VERSION_NUMBER'), 'connection', false, 'unknown'],
    ['no HTTP', fetchFailed('HPE_INVALID_CONSTANT'), 'connection', false, 'rejected'],
    ['client timeout', named('QdrantClientTimeoutError'), 'timeout', true, 'unknown'],
    ['signal timeout', named('TimeoutError'), 'timeout', true, 'unknown'],
    ['429 with a header', named('QdrantClientResourceExhaustedError'), 'connection', true, 'rejected'],
    ['429 with a date', named('CustomError', 'Invalid retryAfter value: W'), 'connection', true, 'rejected'],
    ['2xx that is not 200', named('QdrantClientUnexpectedResponseError'), 'connection', false, 'rejected'],
    ['cut JSON', named('SyntaxError'), 'connection', true, 'unknown'],
    ['301', http(301), 'connection', false, 'rejected'],
    ['400', http(400, 'Wrong input: something'), 'query', false, 'rejected'],
    ['400, filter', http(400, 'Format error in JSON body: expected value'), 'query', false, 'rejected'],
    ['400, dimension', http(400, 'Wrong input: Vector dimension error: expected'), 'data', false, 'rejected'],
    ['400, id', http(400, 'Format error: value x is not a valid point ID'), 'data', false, 'rejected'],
    ['400, no vector', http(400, 'Format error: missing field `vector`'), 'data', false, 'rejected'],
    ['400, bad vector', http(400, 'Format error: untagged enum VectorStruct'), 'data', false, 'rejected'],
    ['400, depth', http(400, 'Format error: recursion limit exceeded'), 'data', false, 'rejected'],
    ['400, size', http(400, 'JSON payload (1 bytes) is larger than allowed'), 'data', false, 'rejected'],
    ['400, name', http(400, 'Wrong input: Not existing vector name error: '), 'query', false, 'rejected'],
    ['401', http(401), 'connection', false, 'rejected'],
    ['403', http(403, 'Forbidden: x'), 'connection', false, 'rejected'],
    ['404', http(404, "Not found: Collection `x` doesn't exist!"), 'not_found', false, 'rejected'],
    ['404, point', http(404, 'Not found: No point with id 9 found'), 'query', false, 'rejected'],
    ['405', http(405), 'query', false, 'rejected'],
    ['408', http(408), 'timeout', true, 'unknown'],
    ['409', http(409, 'Wrong input: Collection `x` already exists!'), 'data', false, 'rejected'],
    ['413', http(413), 'data', false, 'rejected'],
    ['422', http(422, 'Validation error in JSON body'), 'query', false, 'rejected'],
    ['429', http(429), 'connection', true, 'rejected'],
    ['500', http(500, 'Service internal error: x'), 'query', true, 'unknown'],
    ['500, disk', http(500, 'Service internal error: No space left on device'), 'query', false, 'rejected'],
    ['501', http(501), 'query', true, 'unknown'],
    ['502', http(502), 'connection', true, 'unknown'],
    ['503', http(503), 'connection', true, 'unknown'],
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
  expect(toFault(fetchFailed('ECONNREFUSED'), true).code).toBe('ECONNREFUSED');
  const canaries = [
    http(400, 'canary Vector dimension error'),
    http(500, 'canary'),
    named('SyntaxError', 'canary'),
    fetchFailed('canary with spaces'),
    Object.assign(new Error('canary'), { code: 'canary' }),
  ];
  for (const error of canaries) expect(JSON.stringify(toFault(error, true))).not.toContain('canary');
});

test('the status is that of HTTP, and no code of the client', () => {
  expect(toFault(http(404, 'canary'), true).status).toBe('404');
  expect(toFault(fetchFailed('ECONNREFUSED'), true)).not.toHaveProperty('status');
});
