import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AcquiredService } from '@drydock/services';
import { rejection } from '@drydock/storage/conformance';
import { type Availability, orSkip, tryAcquire } from '@drydock/storage/faults';
import { Redis } from 'ioredis';
import { generate } from 'selfsigned';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createRedisAdapter } from '../adapter.js';
import type { RedisConfig } from '../config.js';
import { startServer } from './servers.fixture.js';

/** The server is started by this file, on a port that is not known before. */
const network = { allow: ['127.0.0.1', 'localhost'], loopbackServers: true };
const DAY_MS = 86_400_000;

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate for 127.0.0.1 by this authority, or an authority that signs itself. */
async function certificate(
  ca?: Certificate,
  notAfterDate = new Date(Date.now() + DAY_MS),
): Promise<Certificate> {
  const { cert, private: key } = await generate(
    [{ name: 'commonName', value: ca ? 'server' : 'authority' }],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      notBeforeDate: new Date(Date.now() - 2 * DAY_MS),
      notAfterDate,
      extensions: ca
        ? [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }]
        : [{ name: 'basicConstraints', cA: true, critical: true }],
      ...(ca && { ca }),
    },
  );
  return { cert, key };
}

/** A server that talks TLS alone and asks for a client's certificate. */
function startTlsServer(
  { cert, key }: Certificate,
  ca: Certificate,
  client: Certificate,
): Promise<AcquiredService> {
  return startServer({
    async settings({ dataDir, port }) {
      const files = { 'tls-cert-file': cert, 'tls-key-file': key, 'tls-ca-cert-file': ca.cert };
      for (const [name, pem] of Object.entries(files))
        await writeFile(join(dataDir, name), pem, { mode: 0o600 });
      const named = Object.keys(files).flatMap((name) => [`--${name}`, join(dataDir, name)]);
      return ['--port', '0', '--tls-port', String(port), ...named];
    },
    variables: ({ host, port, password }) => ({ REDIS_URL: `rediss://:${password}@${host}:${port}` }),
    async probe({ REDIS_URL = '' }, timeoutMs) {
      const redis = new Redis(REDIS_URL, {
        lazyConnect: true,
        connectTimeout: timeoutMs,
        retryStrategy: () => null,
        tls: { ...client, rejectUnauthorized: false },
      });
      redis.on('error', () => {});
      try {
        await redis.connect();
        return { version: /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? '' };
      } finally {
        redis.disconnect();
      }
    },
  });
}

describe('TLS', { meta: { network } as object }, () => {
  let ca: Certificate;
  let client: Certificate;
  let availability: Availability<AcquiredService>;
  let server: AcquiredService;

  beforeAll(async () => {
    ca = await certificate();
    client = await certificate(ca);
    availability = await tryAcquire(startTlsServer(await certificate(ca), ca, client));
    if (!('value' in availability)) return;
    server = availability.value;
    return () => server.stop();
  });

  beforeEach((context) => {
    orSkip(availability, context);
  });

  const make = (config: RedisConfig, from = server) => {
    const adapter = createRedisAdapter({ url: from.variables.REDIS_URL, ...config });
    onTestFinished(() => adapter.disconnect());
    return adapter;
  };
  const refusal = (config: RedisConfig, from = server) =>
    rejection(make({ timeoutMs: 10_000, ...config }, from).connect());

  test('a client that trusts the authority and has a certificate of its own is served', async () => {
    const adapter = make({ tls: { ca: ca.cert, ...client } });
    await adapter.connect();
    await adapter.store({ id: 'a' });
    await expect(adapter.retrieve('a')).resolves.toEqual({ id: 'a' });
    await expect(adapter.healthCheck()).resolves.toMatchObject({ status: 'healthy' });
  });

  test.each([
    ['an authority that is not trusted', async () => ({ ...client }), /^(UNABLE_TO_|SELF_SIGNED_)/],
    [
      'a name that is not in the certificate',
      async () => ({ ca: ca.cert, ...client, servername: 'other.example' }),
      /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ],
  ])('%s is refused for good', async (_, tls, code) => {
    const error = await refusal({ tls: await tls() });
    expect(error).toMatchObject({ name: 'StorageConnectionError', retriable: false, attempts: 1 });
    expect(error.code).toMatch(code);
  });

  test.each([
    ['without a certificate', () => ({})],
    ['with one by somebody else', async () => certificate(await certificate())],
  ])('a client %s is refused', async (_, pair) => {
    // The server closes at once, so that its reason may be lost.
    await expect(refusal({ tls: { ca: ca.cert, ...(await pair()) } })).resolves.toMatchObject({
      name: 'StorageConnectionError',
      code: expect.stringMatching(/^(ERR_SSL_|ECONNRESET$|EPIPE$|CONNECTION_CLOSED$)/),
    });
  });

  test('a certificate that has expired is refused, and the call is not retried', async () => {
    const expired = await certificate(ca, new Date(Date.now() - DAY_MS));
    const old = await startTlsServer(expired, ca, client);
    onTestFinished(() => old.stop());
    await expect(refusal({ tls: { ca: ca.cert, ...client } }, old)).resolves.toMatchObject({
      name: 'StorageConnectionError',
      code: 'CERT_HAS_EXPIRED',
      retriable: false,
    });
  });

  test('a client without TLS is refused', async () => {
    const url = (server.variables.REDIS_URL ?? '').replace('rediss:', 'redis:');
    await expect(refusal({ url })).resolves.toMatchObject({ name: 'StorageConnectionError' });
  });
});
