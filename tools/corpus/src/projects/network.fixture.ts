import { type CorpusProject, single } from '../corpus-project.fixture.js';

const REFUSED = `Object.assign(new Error('connect ECONNREFUSED 10.0.0.9:5432'), { code: 'ECONNREFUSED', syscall: 'connect', address: '10.0.0.9', port: 5432 })`;

/** Offline failures that speak of a network without having tried it, and tries that the guard refuses. */
export const network: readonly CorpusProject[] = [
  single(
    'mocked-refusal',
    'a mocked refusal is a defect of the code, not of the environment',
    `
    const connect = vi.fn().mockRejectedValueOnce(${REFUSED});
    test('tries again', async () => { await connect() })`,
    { prints: ['ECONNREFUSED'], everyWay: true },
  ),
  single(
    'mocked-eperm',
    'a mocked EPERM is a defect',
    `test('a', () => { throw Object.assign(new Error('connect EPERM 127.0.0.1:6379'), { code: 'EPERM', syscall: 'connect' }) })`,
    { prints: ['EPERM'] },
  ),
  single(
    'mocked-dns',
    'a mocked ENOTFOUND is a defect',
    `test('a', () => { throw Object.assign(new Error('getaddrinfo ENOTFOUND db.example'), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'db.example' }) })`,
    { prints: ['ENOTFOUND'] },
  ),
  single(
    'mocked-again',
    'a mocked EAI_AGAIN is a defect',
    `test('a', () => { throw Object.assign(new Error('getaddrinfo EAI_AGAIN api.example'), { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }) })`,
    { prints: ['EAI_AGAIN'] },
  ),
  single(
    'mocked-timeout',
    'a mocked ETIMEDOUT is a defect',
    `test('a', () => { throw Object.assign(new Error('connect ETIMEDOUT 10.0.0.9:443'), { code: 'ETIMEDOUT', syscall: 'connect' }) })`,
    { prints: ['ETIMEDOUT'] },
  ),
  single(
    'mocked-unreachable',
    'a mocked ENETUNREACH is a defect',
    `test('a', () => { throw Object.assign(new Error('connect ENETUNREACH 1.2.3.4:443'), { code: 'ENETUNREACH', syscall: 'connect' }) })`,
    { prints: ['ENETUNREACH'] },
  ),
  single(
    'mocked-reset',
    'a mocked ECONNRESET is a defect',
    `test('a', () => { throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }) })`,
    { prints: ['ECONNRESET'] },
  ),
  single(
    'mocked-fetch',
    'a mocked `fetch failed` is a defect',
    `test('a', () => { throw new TypeError('fetch failed', { cause: ${REFUSED} }) })`,
    { everyWay: true, prints: ['fetch failed'] },
  ),
  single(
    'mocked-login',
    'a mocked refusal of a login is a defect',
    `test('a', () => { throw Object.assign(new Error('password authentication failed for user "app"'), { code: '28P01', severity: 'FATAL' }) })`,
    { prints: ['password authentication failed'] },
  ),
  single(
    'mocked-401',
    'a mocked HTTP 401 is a defect',
    `test('a', () => { throw Object.assign(new Error('401 Unauthorized'), { status: 401 }) })`,
    { prints: ['401 Unauthorized'] },
  ),
  single(
    'mocked-quota',
    'a mocked HTTP 429 is a defect',
    `test('a', () => { throw Object.assign(new Error('429 Too Many Requests'), { status: 429, code: 'rate_limit_exceeded' }) })`,
    { prints: ['429'] },
  ),
  single(
    'mocked-then-asserted',
    'an assertion after a mocked refusal is a defect',
    `const connect = vi.fn().mockRejectedValue(${REFUSED}); test('a', async () => { const result = await connect().catch((error) => error.code); expect(result).toBe('ok') })`,
    { prints: ["expected 'ECONNREFUSED' to be 'ok'"] },
  ),
  single(
    'mocked-unhandled',
    'a mocked refusal that nobody handles is a defect',
    `test('a', async () => { Promise.reject(${REFUSED}); await sleep(30) })`,
    { everyWay: true, prints: ['ECONNREFUSED'] },
  ),
  single(
    'refused-connection',
    'a connection that the guard refuses is the harness’s to tell',
    `import net from 'node:net'; test('a', async () => { await new Promise((resolve, reject) => net.connect(9, '192.0.2.1').on('error', reject).on('connect', resolve)) })`,
    { everyWay: true, code: 3 },
  ),
  single(
    'swallowed-refusal',
    'a refusal that the code swallows',
    `import net from 'node:net'; test('a', async () => { await new Promise((resolve) => net.connect(9, '127.0.0.1').on('error', resolve)) })`,
    { code: 3 },
  ),
];
