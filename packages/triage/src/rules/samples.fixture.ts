import type { FailureFacts } from '../classify/facts.js';
import { SAMPLES_OF_WORDS } from './samples-of-words.fixture.js';

type Sample = { readonly error: unknown } & Partial<
  Pick<FailureFacts, 'test' | 'file' | 'origin' | 'complete'>
>;

const error = (message: string, more: object = {}): Sample['error'] => ({ name: 'Error', message, ...more });
const named = (name: string, message: string, more: object = {}): Sample['error'] => ({
  name,
  message,
  ...more,
});
const assertion = (message: string, more: object = {}) => named('AssertionError', message, more);
const blocked = (message: string, more: object = {}) =>
  named('HarnessError', `Network guard refused ${message}`, { code: 'ERR_DRYDOCK_BLOCKED', ...more });

const IN_PACKAGE = '\n    at f (/repo/node_modules/client/index.js:1:2)';

/** Errors as drivers, servers and runners make them, by the rule that has to know them. */
export const SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  'guard-swallowed-block': [
    { error: blocked('a TCP connection to 127.0.0.1:6379 (scope none)', { swallowed: true }) },
  ],
  'guard-swallowed-undeclared': [
    {
      error: blocked(
        'a TCP connection to db1:6379 (scope lan)\n  missing  no variable that is set holds db1:6379',
        { swallowed: true },
      ),
    },
  ],
  'guard-late-attempt': [
    { error: blocked('a DNS question for db1 (scope none)'), test: 'closes (after it had ended)' },
  ],
  'guard-program': [{ error: blocked('starting the program curl (scope none)') }],
  'guard-listen': [{ error: blocked('listening on 127.0.0.1:0 (scope none)') }],
  'guard-undeclared-endpoint': [
    {
      error: blocked(
        'a TCP connection to db1:6379 (scope lan)\n  missing  no variable that is set holds db1:6379',
      ),
    },
  ],
  'guard-wrong-scope': [{ error: blocked('a TCP connection to api.groq.com:443 (scope lan)') }],
  'guard-blocked': [
    { error: blocked('a TCP connection to 127.0.0.1:6379 (scope none)') },
    { error: error('could not load', { cause: blocked('a UDP packet to 10.0.0.1:53 (scope none)') }) },
  ],
  'guard-inactive': [{ error: error('the guard was not there', { code: 'ERR_DRYDOCK_GUARD' }) }],
  'offline-variable': [{ error: error('REDIS_URL was set', { code: 'ERR_DRYDOCK_ENVIRONMENT' }) }],
  'unknown-marker': [
    { error: error("Unknown marker 'integraton'.", { code: 'ERR_DRYDOCK_UNKNOWN_MARKER' }) },
    { error: error('The tag "integraton" is not defined in the configuration. Available tags: slow') },
  ],
  'harness-configuration': [{ error: error('POSTGRES_URL is not a URL', { code: 'ERR_DRYDOCK_USAGE' }) }],
  'after-teardown': [
    { error: named('EnvironmentTeardownError', "Cannot load '/src/x.ts'") },
    { error: error('Closing rpc while "fetch" was pending') },
  ],
  'worker-does-not-end': [
    { error: error('[vitest-pool]: Timeout terminating forks worker for test files a.test.ts.') },
  ],
  'stale-namespace': [
    { error: named('error', 'schema "dd_mk0x1q2r_5f3a9c1e" already exists', { code: '42P06' }) },
    { error: error('Collection `dd_mk0x1q2r_5f3a9c1e` already exists!') },
  ],
  'assertion-leak': [{ error: assertion('a secret or a payload shows: expected true to be false') }],
  'assertion-error-class': [
    { error: assertion('expected Error: boom to be an instance of StorageTimeoutError') },
    {
      error: assertion(
        "expected StorageQueryError: redis store failed: ECONNREFUSED { …(8) } to match object { name: 'StorageConnectionError', …(3) }",
      ),
    },
  ],
  'assertion-deadline': [
    {
      error: assertion('expected 1512.2 to be less than 800'),
      test: 'a server that does not answer > ends connect at its deadline',
    },
  ],
  'assertion-contract': [
    {
      error: assertion("expected null to deeply equal { id: 'a' }"),
      test: 'redis conformance > stores and retrieves',
    },
    {
      error: assertion('expected true to be false', {
        stack:
          'AssertionError: x\n    at /repo/node_modules/@drydock/storage/dist/conformance/batches.js:1:2',
      }),
    },
  ],
  assertion: [
    { error: assertion("expected { b: 'connect ECONNREFUSED 127.0.0.1:1' } to deeply equal { b: 'x' }") },
    { error: error('expect(received).toBe(expected) // Object.is equality\n\nExpected: 1\nReceived: 2') },
    { error: error('expected 1 to be 2 // Object.is equality') },
    { error: named('AssertionError [ERR_ASSERTION]', '1 !== 2', { code: 'ERR_ASSERTION' }) },
  ],
  'tls-name': [
    {
      error: error(
        "Hostname/IP does not match certificate's altnames: Host: db1. is not in the cert's altnames: DNS:x",
        {
          code: 'ERR_TLS_CERT_ALTNAME_INVALID',
        },
      ),
    },
  ],
  'tls-expired': [{ error: error('certificate has expired', { code: 'CERT_HAS_EXPIRED' }) }],
  'tls-untrusted': [
    { error: error('self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }) },
    { error: error('unable to verify the first certificate', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }) },
  ],
  'clock-skew': [
    { error: error('certificate is not yet valid', { code: 'CERT_NOT_YET_VALID' }) },
    { error: error('Invalid JWT: Token used before issued') },
  ],
  'tls-handshake': [
    {
      error: error('write EPROTO 1:error:0A00010B:SSL routines::wrong version number', {
        code: 'EPROTO',
        syscall: 'write',
      }),
    },
    { error: error('The server does not support SSL connections') },
  ],
  'redis-login': [
    { error: error('WRONGPASS invalid username-password pair or user is disabled.') },
    { error: named('ReplyError', 'WRONGPASS invalid username-password pair or user is disabled.') },
    {
      error: named('StorageConnectionError', 'redis connect failed: x (NOAUTH)', {
        code: 'NOAUTH',
        kind: 'connection',
      }),
    },
  ],
  'postgres-login': [
    { error: named('error', 'password authentication failed for user "app"', { code: '28P01' }) },
    { error: error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string') },
  ],
  'postgres-privilege': [{ error: named('error', 'permission denied for schema public', { code: '42501' }) }],
  'neo4j-login': [
    {
      error: named('Neo4jError', 'The client is unauthorized due to authentication failure.', {
        code: 'Neo.ClientError.Security.Unauthorized',
      }),
    },
  ],
  'wrong-database': [
    { error: named('error', 'database "nope" does not exist', { code: '3D000' }) },
    { error: named('ReplyError', 'ERR DB index is out of range') },
    { error: named('Neo4jError', 'Graph not found', { code: 'Neo.ClientError.Database.DatabaseNotFound' }) },
  ],
  'wrong-schema': [{ error: named('error', 'schema "nope" does not exist', { code: '3F000' }) }],
  version: [
    { error: named('ReplyError', "ERR unknown command 'HEXPIRE', with args beginning with: 'k' '1'") },
    { error: named('error', 'function any_value(integer) does not exist', { code: '42883' }) },
    { error: error('The server is too old: 4.0.1') },
  ],
  'disk-full': [
    { error: error('ENOSPC: no space left on device, write', { code: 'ENOSPC', syscall: 'write' }) },
    { error: named('error', 'could not extend file', { code: '53100' }) },
    { error: named('ReplyError', 'MISCONF Redis is configured to save RDB snapshots') },
  ],
  'out-of-memory': [
    { error: named('ReplyError', "OOM command not allowed when used memory > 'maxmemory'.") },
    { error: error('Worker terminated due to reaching memory limit', { code: 'ERR_WORKER_OUT_OF_MEMORY' }) },
  ],
  'read-only': [
    { error: named('ReplyError', "READONLY You can't write against a read only replica.") },
    { error: named('error', 'cannot execute INSERT in a read-only transaction', { code: '25006' }) },
  ],
  'too-many-connections': [{ error: named('error', 'sorry, too many clients already', { code: '53300' }) }],
  'too-many-files': [{ error: error('EMFILE: too many open files, open', { code: 'EMFILE' }) }],
  'server-resources': [
    { error: named('Neo4jError', 'busy', { code: 'Neo.TransientError.General.TransactionMemoryLimit' }) },
  ],
  'spend-cap': [
    { error: named('LlmQuotaError', 'the cap is reached', { kind: 'quota', code: 'SPEND_CAP' }) },
  ],
  'provider-quota': [
    { error: named('LlmQuotaError', 'gemini: used up', { kind: 'quota', provider: 'gemini' }) },
    {
      error: named('RateLimitError', '429 Rate limit reached on tokens per day (TPD): Limit 500000', {
        status: 429,
      }),
    },
    { error: named('APIError', '402 Payment required', { status: 402 }) },
  ],
  'rate-limit': [
    { error: named('RateLimitError', '429 Rate limit reached on tokens per minute (TPM)', { status: 429 }) },
    {
      error: error(
        '[GoogleGenerativeAI Error]: Error fetching from https://x/: [429 Too Many Requests] slow down',
      ),
    },
  ],
  'provider-key': [
    { error: named('AuthenticationError', '401 {"error":{"message":"Invalid API Key"}}', { status: 401 }) },
    {
      error: error(
        '[GoogleGenerativeAI Error]: Error fetching from https://x/: [400 Bad Request] API key not valid.',
      ),
    },
    {
      error: named('RequestUnauthorized', 'Request failed with HTTP code 401 | Server said: Forbidden', {
        httpStatus: 401,
      }),
    },
  ],
  'provider-region': [{ error: error('[400 Bad Request] User location is not supported for the API use.') }],
  'provider-permission': [
    { error: error('Forbidden', { status: 403 }) },
    { error: named('PermissionDeniedError', '403 not allowed', { status: 403 }) },
  ],
  'http-down': [
    { error: named('InternalServerError', '503 over capacity', { status: 503 }) },
    {
      error: named('LlmUnavailableError', 'groq: cannot be reached', {
        kind: 'unavailable',
        provider: 'groq',
      }),
    },
    {
      error: named('LlmUnavailableError', 'openai: cannot be reached', {
        kind: 'unavailable',
        provider: 'openai',
      }),
    },
    { error: 'LlmUnavailableError: openai gpt-x: no capacity is left' },
  ],
  'provider-unreachable': [
    { error: error('[GoogleGenerativeAI Error]: Error fetching from https://x/v1beta: fetch failed') },
  ],
  'service-unavailable': [
    { error: named('ServiceError', 'no server', { kind: 'unavailable' }) },
    { error: named('Neo4jError', 'Could not perform discovery.', { code: 'ServiceUnavailable' }) },
  ],
  'sandbox-denied': [
    {
      error: named('ServiceError', 'redis gave no login: EPERM', {
        code: 'EPERM',
        kind: 'configured-unreachable',
      }),
    },
    {
      error: error('connect EPERM 127.0.0.1:6379 - Local (undefined:undefined)', {
        code: 'EPERM',
        syscall: 'connect',
      }),
    },
    { error: named('StorageConnectionError', 'redis connect failed', { code: 'EPERM', kind: 'connection' }) },
    {
      error:
        'Error: listen EPERM: operation not permitted 127.0.0.1\n    at Server.setupListenHandle (node:net:1:1)',
    },
  ],
  'dns-no-resolver': [
    { error: error('queryA ECONNREFUSED db1', { code: 'ECONNREFUSED', syscall: 'queryA' }) },
  ],
  dns: [
    {
      error: error('getaddrinfo ENOTFOUND db1', {
        code: 'ENOTFOUND',
        syscall: 'getaddrinfo',
        hostname: 'db1',
      }),
    },
    {
      error: named('TypeError', 'fetch failed', {
        cause: error('getaddrinfo EAI_AGAIN db1', { code: 'EAI_AGAIN' }),
      }),
    },
  ],
  refused: [
    { error: error('connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED', syscall: 'connect' }) },
    {
      error: named('AggregateError', '', {
        code: 'ECONNREFUSED',
        errors: [error('connect ECONNREFUSED ::1:1', { code: 'ECONNREFUSED' })],
      }),
    },
    { error: "requests.ConnectionError: HTTPConnectionPool(host='x'): [Errno 111] Connection refused'))" },
    { error: 'java.net.ConnectException: Connection refused' },
    {
      error: assertion('promise rejected "Error: connect ECONNREFUSED 127.0.0.1:1" instead of resolving', {
        cause: error('connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' }),
      }),
    },
    { error: error('connect ENOENT /var/run/docker.sock', { code: 'ENOENT', syscall: 'connect' }) },
  ],
  routing: [
    { error: 'Error: connect ENETUNREACH 10.0.0.1:6379 - Local (0.0.0.0:0)' },
    { error: error('connect EACCES 10.0.0.1:80', { code: 'EACCES', syscall: 'connect' }) },
    { error: 'Error: connect ETIMEDOUT 10.0.0.1:80' },
  ],
  proxy: [{ error: error('Proxy response (403) !== 200 when HTTP Tunneling') }],
  reset: [
    { error: error('read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' }) },
    { error: error('Connection terminated unexpectedly') },
    {
      error: named('TypeError', 'terminated', {
        cause: named('SocketError', 'other side closed', { code: 'UND_ERR_SOCKET' }),
      }),
    },
  ],
  'port-in-use': [
    { error: error('listen EADDRINUSE: address already in use 127.0.0.1:8080', { code: 'EADDRINUSE' }) },
  ],
  'starting-up': [
    { error: named('ReplyError', 'LOADING Redis is loading the dataset in memory') },
    { error: named('error', 'the database system is starting up', { code: '57P03' }) },
  ],
  'wrong-service': [{ error: error('Parse Error: Expected HTTP/', { code: 'HPE_INVALID_CONSTANT' }) }],
  'client-login': [
    { error: named('MongoServerError', 'Authentication failed.') },
    { error: error("Access denied for user 'app'@'localhost' (using password: YES)") },
    { error: 'SignatureDoesNotMatch: The request signature we calculated does not match' },
  ],
  'client-privilege': [{ error: 'AccessDenied: Access Denied' }],
  'client-database': [{ error: error("Unknown database 'shop'", { code: 'ER_BAD_DB_ERROR' }) }],
  'client-limit': [{ error: 'ThrottlingException: Rate exceeded' }, { error: 'SlowDown: Please reduce' }],
  'client-refused': [
    {
      error:
        "PrismaClientInitializationError: \nInvalid `prisma.user.count()` invocation:\n\nCan't reach database server at `db1:5432`",
    },
    { error: error('page.goto: net::ERR_CONNECTION_REFUSED at http://localhost:3000/') },
    { error: 'redis.exceptions.ConnectionError: Error 111 connecting to db1:6379. Connection refused.' },
    {
      error: 'Error: 14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1',
    },
  ],
  'client-dns': [
    { error: 'java.net.UnknownHostException: db1' },
    { error: 'FetchError: request to http://db1/ failed, reason: getaddrinfo ENOTFOUND db1' },
  ],
  'client-tls': [
    { error: 'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed' },
    { error: 'javax.net.ssl.SSLHandshakeException: PKIX path building failed' },
  ],
  'client-port': [{ error: named('BindException', 'Address already in use') }],
  'client-unavailable': [
    { error: error('Could not find a working container runtime strategy') },
    { error: error("browserType.launch: Executable doesn't exist at /cache/ms-playwright/chrome") },
  ],
  login: [
    {
      error: named('StorageConnectionError', 'mongodb connect failed: the login was refused (18)', {
        backend: 'mongodb',
        kind: 'connection',
        retriable: false,
        outcome: 'rejected',
        code: '18',
      }),
    },
    {
      error: named('StorageConnectionError', 'mongodb connect failed: the login was refused', {
        backend: 'mongodb',
        kind: 'connection',
        retriable: false,
        outcome: 'rejected',
      }),
    },
    {
      error:
        'StorageConnectionError: mongodb connect failed: the login was refused (18); nothing was sent, not retriable',
    },
  ],
  unavailable: [
    {
      error: named('StorageConnectionError', 'mongodb store failed: not primary (10107)', {
        backend: 'mongodb',
        kind: 'connection',
        retriable: true,
        outcome: 'rejected',
        code: '10107',
      }),
    },
  ],
  'family-refused': [
    { error: named('StorageQueryError', 'postgres search failed', { kind: 'query', code: '42703' }) },
    { error: named('error', 'relation "memory" does not exist', { code: '42P01' }) },
    { error: named('ReplyError', "ERR unknown command 'GETT'") },
  ],
  'family-answer': [{ error: named('LlmInvalidOutputError', 'groq: no JSON', { kind: 'invalid_output' }) }],
  deadline: [
    {
      error: named('StorageTimeoutError', 'redis store failed: no result within 200 ms', {
        kind: 'timeout',
        code: 'DEADLINE',
      }),
    },
    { error: error('Test timed out in 5000ms.\nIf this is a long-running test, …') },
    { error: named('AxiosError', 'timeout of 5000ms exceeded', { code: 'ECONNABORTED' }) },
  ],
  'file-does-not-load': [
    { error: error("Cannot find module './gone.js'", { code: 'ERR_MODULE_NOT_FOUND' }) },
    { error: 'Failed to parse source for import analysis because the content contains invalid JS syntax.' },
  ],
  'missing-mock': [
    {
      error: named('NetConnectNotAllowedError', 'Nock: Disallowed net connect for "db1:80/"', {
        code: 'ENETUNREACH',
      }),
    },
    {
      error: named('TypeError', 'fetch failed', {
        cause: error('[MSW] Cannot bypass a request when using the "error" strategy'),
      }),
    },
    { error: error('Network access is disabled in unit tests (tried db1:80)') },
  ],
  'test-code': [
    { error: "Cannot find package 'gone' imported from /repo/a.test.ts" },
    { error: named('ReferenceError', 'document is not defined') },
    {
      error: error(
        '[vitest] No "load" export is defined on the "./store.js" mock. Did you forget to return it?',
      ),
    },
    { error: error('Hook timed out in 10000ms.') },
  ],
  'unwritten-snapshot': [
    {
      error: error(
        'expect(received).toMatchSnapshot()\n\nNew snapshot was not written. The update flag must be explicitly passed',
      ),
    },
  ],
  leftover: [
    { error: named('error', 'relation "users" already exists', { code: '42P07' }), complete: false },
    { error: error("EEXIST: file already exists, mkdir 'out'", { code: 'EEXIST' }), complete: false },
  ],
  'impossible-value': [
    {
      error: error('getaddrinfo ENOTFOUND undefined', {
        code: 'ENOTFOUND',
        syscall: 'getaddrinfo',
        hostname: 'undefined',
      }),
    },
    { error: error('getaddrinfo EAI_AGAIN http', { code: 'EAI_AGAIN', hostname: 'http' }) },
    {
      error: error('connect ECONNREFUSED 127.0.0.1:0', {
        code: 'ECONNREFUSED',
        address: '127.0.0.1',
        port: 0,
      }),
    },
    { error: named('TypeError', 'Invalid URL', { code: 'ERR_INVALID_URL' }) },
    {
      error: named('RangeError', 'Port should be >= 0 and < 65536. Received type number (NaN).', {
        code: 'ERR_SOCKET_BAD_PORT',
      }),
    },
    {
      error: named(
        'RangeError',
        'The value of "delay" is out of range. It must be an integer. Received 1.5',
        { code: 'ERR_OUT_OF_RANGE' },
      ),
    },
  ],
  'missing-variable': [
    { error: error('DATABASE_URL is not set'), complete: false },
    { error: error('Environment variable not found: DATABASE_URL.'), complete: false },
  ],
  'missing-program': [
    { error: error('spawn ffmpeg ENOENT', { code: 'ENOENT', syscall: 'spawn ffmpeg' }) },
    { error: error('Command failed: x a\n/bin/sh: 1: x: not found\n'), complete: false },
  ],
  permission: [
    {
      error: error("EACCES: permission denied, open '/k'", { code: 'EACCES', syscall: 'open' }),
      complete: false,
    },
  ],
  'pool-wait': [{ error: error('timeout exceeded when trying to connect') }],
  unresponsive: [
    { error: error('Server selection timed out after 400 ms'), complete: false },
    { error: error('Greeting never received'), complete: false },
  ],
  'fetch-failed': [{ error: named('TypeError', 'fetch failed'), complete: false }],
  'mistaken-assertion': [
    { error: named('TypeError', '[Function totalOf] is not a spy or a call to a spy!') },
  ],
  'missing-fixture': [
    {
      error: error("ENOENT: no such file or directory, open 'test/fixtures/order.json'", {
        code: 'ENOENT',
        syscall: 'open',
      }),
      complete: false,
    },
  ],
  'outside-file': [
    {
      error: error("ENOENT: no such file or directory, open '/etc/shop/key.pem'", {
        code: 'ENOENT',
        syscall: 'open',
      }),
      complete: false,
    },
  ],
  'missing-file': [
    {
      error: error("ENOENT: no such file or directory, open 'a.json'", { code: 'ENOENT', syscall: 'open' }),
      complete: false,
    },
  ],
  'use-after-close': [{ error: error('Cannot use a pool after calling end on the pool'), complete: false }],
  'test-deadline': [{ error: error('Test timed out in 5000ms.'), complete: false }],
  validator: [{ error: named('ZodError', '[ { "code": "invalid_type" } ]') }],
  'made-by-a-mock': [
    {
      error: error('Network Error', {
        stack: '\n    at f (/repo/node_modules/axios-mock-adapter/src/utils.js:1:2)',
      }),
      complete: false,
    },
  ],
  'package-unreachable': [
    { error: error('Unreachable hosts', { stack: IN_PACKAGE }), complete: false },
    { error: named('BrokerConnectionError', 'x', { stack: IN_PACKAGE }), complete: false },
  ],
  overdue: [
    { error: named('TimeoutError', 'it took longer', { stack: IN_PACKAGE }), complete: false },
    { error: error('apiRequestContext.get: Timeout 1500ms exceeded.'), complete: false },
  ],
  'page-for-data': [
    {
      error: named('SyntaxError', `Unexpected token '<', "<html><hea"... is not valid JSON`),
      complete: false,
    },
    { error: named('JSONDecodeError', 'Expecting value: line 1 column 1 (char 0)'), complete: false },
  ],
  'waited-in-vain': [{ error: error('BindRequest: it timed out', { stack: IN_PACKAGE }), complete: false }],
  ...Object.fromEntries(
    Object.entries({
      dns: 'HostNotFoundException',
      tls: 'TlsException',
      login: 'UnauthorizedError',
      privilege: 'ActionForbiddenError',
      'rate-limit': 'ResourceExhaustedError',
      unavailable: 'ServiceUnavailableError',
      reset: 'ServerDisconnectedError',
      unreachable: 'HostUnreachableError',
      'no-answer': 'FetchError',
      unresponsive: 'LockTimeoutException',
    }).map(([kind, name]) => [`name-${kind}`, [{ error: named(name, 'it did not work'), complete: false }]]),
  ),
  'programming-error': [
    { error: named('TypeError', "Cannot read properties of undefined (reading 'foo')") },
    { error: error('process.exit unexpectedly called with "3"') },
    { error: "E   AttributeError: 'NoneType' object has no attribute 'x'" },
  ],
  ...SAMPLES_OF_WORDS,
};
