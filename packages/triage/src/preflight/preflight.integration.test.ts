import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Step } from './finding.js';
import { judgeEndpoint } from './judge.js';
import { certificateFor, Servers } from './servers.fixture.js';
import type { Target } from './target.js';
import { preflightUnguarded, type UnguardedOptions } from './unguarded.fixture.js';

// @module-tag loopback
const servers = new Servers();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'preflight-modules-'));
});
afterEach(() => servers.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CANARY = 'gsk_canary0123456789canary0123456789';

const at = (port: number, part: Partial<Target> = {}): Target => ({
  name: 'it',
  kind: 'service',
  host: 'localhost',
  port,
  ...part,
});

async function check(target: Target, options?: UnguardedOptions) {
  const { endpoints, sandbox } = await preflightUnguarded([target], options);
  const [report] = endpoints;
  if (report === undefined) throw new Error('no report');
  const found = (step: Step): Finding | undefined => report.findings.find((finding) => finding.step === step);
  return { ...report, found, subclass: judgeEndpoint(report, sandbox)?.verdict.subclass };
}

/** A module such as a backend's, with this as the body of its probe. */
function login(name: string, body: string): Pick<Target, 'login'> {
  const module = join(folder, `${name}.mjs`);
  writeFileSync(module, `export const service = { probe: async () => { ${body} } };`);
  return { login: { kind: 'module', module } };
}

describe('the way to a server', () => {
  test('a server that lets us in, step by step', async () => {
    const port = await servers.tcp();
    const report = await check(
      at(port, { ...login('well', `return { version: '7.0.15' }`), versions: '>=6.2' }),
    );
    expect(report.findings.map(({ step, ok }) => [step, ok])).toEqual([
      ['dns', true],
      ['tcp', true],
      ['login', true],
      ['version', true],
    ]);
    expect(report).toMatchObject({ ok: true, version: '7.0.15', endpoint: `localhost:${port}` });
    expect(report.latencyMs).toBeGreaterThan(0);
  });

  test('a port on which nothing listens', async () => {
    const report = await check(at(await servers.closedPort(), { host: '127.0.0.1' }));
    expect(report.findings).toHaveLength(1);
    expect(report.found('tcp')).toMatchObject({ ok: false, code: 'ECONNREFUSED' });
    expect(report.subclass).toBe('refused');
  });

  test('a name that does not exist', async () => {
    const report = await check(at(1, { host: 'nowhere.invalid' }));
    expect(report.found('dns')?.ok).toBe(false);
    expect(report.subclass).toBe('dns');
  });

  test('a login that is refused, by the driver’s code', async () => {
    const body = `throw Object.assign(new Error('no'), { code: 'WRONGPASS' })`;
    const report = await check(at(await servers.tcp(), login('refused', body)));
    expect(report.found('login')).toMatchObject({ ok: false, code: 'WRONGPASS' });
    expect(report.subclass).toBe('login');
  });

  test('a server that is too old', async () => {
    const port = await servers.tcp();
    const report = await check(
      at(port, { ...login('old', `return { version: '6.0.9' }`), versions: '>=6.2' }),
    );
    expect(report.found('version')).toMatchObject({ ok: false, code: 'VERSION_TOO_OLD' });
    expect(report.subclass).toBe('version');
  });

  test('a login that never ends is bounded', async () => {
    const report = await check(at(await servers.tcp(), login('silent', 'await new Promise(() => {})')), {
      loginMs: 200,
    });
    expect(report.found('login')).toMatchObject({ ok: false, code: 'ETIMEDOUT' });
  });

  test('a login on a busy machine takes longer than a step to the server may', async () => {
    const body = `await new Promise((go) => setTimeout(go, 1_000)); return { version: '7.0.15' };`;
    const report = await check(at(await servers.tcp(), login('slow', body)), { stepMs: 500 });
    expect(report).toMatchObject({ ok: true, version: '7.0.15' });
  });

  test('a driver that hangs the whole process is ended, and what was found before stays', async () => {
    const [stuck, refused] = [await servers.tcp(), await servers.closedPort()];
    const { endpoints } = await preflightUnguarded(
      [
        at(stuck, { ...login('stuck', 'await new Promise((go) => setTimeout(go, 1500)); for (;;);') }),
        at(refused, { host: '127.0.0.1' }),
      ],
      { loginMs: 10_000, deadlineMs: 6_000 },
    );
    expect(endpoints[0]?.findings.map(({ step, ok, code }) => [step, ok, code])).toEqual([
      ['dns', true, undefined],
      ['tcp', true, undefined],
      ['login', false, 'ETIMEDOUT'],
    ]);
    expect(endpoints[1]?.findings.map(({ code }) => code)).toEqual(['ECONNREFUSED']);
  });
});

describe('TLS', () => {
  const secure = { tls: { verify: true } } as const;

  test.each([
    ['of an unknown authority', 'localhost', -1, 90, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['that has expired', 'localhost', -90, -1, 'CERT_HAS_EXPIRED', 'tls'],
    ['that is not valid yet', 'localhost', 1, 90, 'CERT_NOT_YET_VALID', 'clock-skew'],
    ['for another name', 'elsewhere.test', -1, 90, 'ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ])('a certificate %s', async (_, name, from, to, code, subclass) => {
    const certificate = await certificateFor(name, from, to);
    const port = await servers.tls(certificate);
    const isTrusted = code !== 'DEPTH_ZERO_SELF_SIGNED_CERT';
    const report = await check(at(port, secure), { env: isTrusted ? trusting(certificate.cert) : {} });
    expect(report.found('tls')).toMatchObject({ ok: false, code });
    expect(report.found('tls')?.evidence).toContain(name);
    expect(report.subclass).toBe(subclass);
  });

  test('a certificate that holds, and one that does not for long', async () => {
    const [good, short] = [
      await certificateFor('localhost', -1, 90),
      await certificateFor('localhost', -1, 3),
    ];
    const [one, other] = [await servers.tls(good), await servers.tls(short)];
    const well = await check(at(one, secure), { env: trusting(good.cert) });
    expect(well.found('tls')).toMatchObject({ ok: true, evidence: expect.stringContaining('localhost') });
    expect(well.found('tls')?.warning).toBeUndefined();
    const soon = await check(at(other, secure), { env: trusting(short.cert) });
    expect(soon.found('tls')).toMatchObject({ ok: true, warning: true, code: 'CERT_EXPIRES_SOON' });
  });

  test('a certificate that the driver does not check is reported and not a failure', async () => {
    const port = await servers.tls(await certificateFor('elsewhere.test', -1, 90));
    const report = await check(at(port, { tls: { verify: false } }));
    expect(report.found('tls')).toMatchObject({ ok: true, evidence: expect.stringContaining('not checked') });
  });

  test('a server that speaks in clear', async () => {
    const port = await servers.tcp((socket) => socket.end('-ERR unknown command\r\n'));
    const report = await check(at(port, secure));
    expect(report.found('tls')?.ok).toBe(false);
    expect(report.subclass).toBe('tls');
  });

  test('a PostgreSQL that has no TLS', async () => {
    const asked: Buffer[] = [];
    const port = await servers.tcp((socket) =>
      socket.on('data', (data: Buffer) => {
        asked.push(data);
        socket.write('N');
      }),
    );
    const report = await check(at(port, { tls: { verify: true, after: 'postgres' } }));
    expect(report.found('tls')).toMatchObject({ ok: false, code: 'NO_TLS' });
    expect(Buffer.concat(asked).toString('hex')).toBe('0000000804d2162f');
  });

  function trusting(pem: string): Record<string, string> {
    const file = join(folder, `ca-${Math.random()}.pem`);
    writeFileSync(file, pem);
    return { NODE_EXTRA_CA_CERTS: file };
  }
});

describe('a provider', () => {
  const provider = (port: number): Target => ({
    ...at(port, { name: 'groq', kind: 'provider', http: true }),
    login: {
      kind: 'http',
      url: `http://localhost:${port}/models`,
      header: 'authorization',
      scheme: 'Bearer',
      variable: 'A_PROVIDER_KEY',
    },
  });

  test('that takes the key is asked once, for what costs nothing', async () => {
    const requests: string[] = [];
    const port = await servers.http(({ method, url, headers }, response) => {
      requests.push(`${method} ${url} ${headers.authorization}`);
      response.end('{"data":[]}');
    });
    const report = await check(provider(port), { env: { A_PROVIDER_KEY: CANARY } });
    expect(report.ok).toBe(true);
    expect(requests).toEqual([`GET /models Bearer ${CANARY}`]);
  });

  test.each([
    [401, 'login'],
    [429, 'rate-limit'],
    [503, 'unavailable'],
  ])('that answers %i: %s', async (status, subclass) => {
    const port = await servers.http((_, response) => {
      response.writeHead(status).end(JSON.stringify({ error: { message: `not with ${CANARY}` } }));
    });
    const report = await check(provider(port), { env: { A_PROVIDER_KEY: CANARY } });
    expect(report.found('login')).toMatchObject({ ok: false, code: `HTTP_${status}` });
    expect(report.subclass).toBe(subclass);
    expect(JSON.stringify(report)).not.toContain(CANARY);
  });

  test('whose clock disagrees', async () => {
    const port = await servers.http((_, response) => {
      response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString());
      response.end('{}');
    });
    const report = await check(provider(port), { env: { A_PROVIDER_KEY: CANARY } });
    expect(report).toMatchObject({ ok: true });
    expect(report.found('clock')).toMatchObject({ warning: true, code: 'CLOCK_SKEW' });
  });
});
