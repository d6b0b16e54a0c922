import { chown, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AcquiredService, acquire, ServiceError } from '@drydock/services';
import type { ServiceContext } from '@drydock/storage/service';
import pg from 'pg';
import { generate } from 'selfsigned';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createPostgresAdapter } from '../adapter.js';
import type { PostgresConfig } from '../config.js';
import { service } from '../service.js';
import { withClient } from './conformance.fixture.js';
import { untilNobodyWaits } from './waiting.fixture.js';

/** The server is started by this file, on a port that is not known before. */
const network = { allow: ['127.0.0.1', 'localhost'], loopbackServers: true };
const STARTED_WITHIN_MS = 120_000;
const APPLICATION = 'drydock-tls';

/** A certificate for 127.0.0.1, and for no name, that is its own authority. */
async function certificate(): Promise<{ cert: string; key: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'server' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  return { cert, key };
}

/** A server with TLS, or the reason why this machine has none. */
async function startTlsServer({
  cert,
  key,
}: {
  cert: string;
  key: string;
}): Promise<AcquiredService | string> {
  const launchers = service.launchers.map((launcher) => ({
    ...launcher,
    async prepare(context: ServiceContext) {
      const command = await launcher.prepare(context);
      const files = { ssl_cert_file: cert, ssl_key_file: key };
      const { uid, gid } = await stat(join(context.dataDir, 'cluster'));
      for (const [name, pem] of Object.entries(files)) {
        await writeFile(join(context.dataDir, name), pem, { mode: 0o600 });
        // The server accepts only a key file that its own user owns.
        await chown(join(context.dataDir, name), uid, gid);
      }
      const settings = Object.keys(files).map((name) => `${name}=${join(context.dataDir, name)}`);
      return (
        command && {
          ...command,
          args: [...command.args, ...['ssl=on', ...settings].flatMap((it) => ['-c', it])],
        }
      );
    },
  }));
  try {
    return await acquire({ ...service, launchers }, { env: {}, ways: ['local binary', 'embedded package'] });
  } catch (error) {
    if (ServiceError.isInstance(error) && error.kind === 'unavailable') return error.reason;
    throw error;
  }
}

describe('TLS', { meta: { network } as object }, () => {
  let ca: string;
  let server: AcquiredService | undefined;
  let missing: string | undefined;

  beforeAll(async () => {
    const { cert, key } = await certificate();
    ca = cert;
    const started = await startTlsServer({ cert, key });
    if (typeof started === 'string') missing = started;
    else server = started;
    return () => server?.stop();
  }, STARTED_WITHIN_MS);
  beforeEach(({ skip }) => skip(missing !== undefined, missing));

  const address = (parameters = '', host = '127.0.0.1') =>
    `${server?.variables.POSTGRES_URL?.replace('127.0.0.1', host)}${parameters}`;
  const make = (config: Partial<PostgresConfig>) => {
    const settings = config.pool ? {} : { url: address() };
    const adapter = createPostgresAdapter({
      ...settings,
      table: 'notes',
      applicationName: APPLICATION,
      ...config,
    });
    onTestFinished(() => adapter.disconnect());
    return adapter;
  };
  const expectSecure = async (config: Partial<PostgresConfig>) => {
    const adapter = make(config);
    await adapter.connect();
    await adapter.store({ id: 'a' });
    await expect(adapter.retrieve('a')).resolves.toEqual({ id: 'a' });
    await withClient({ url: address() }, async (client) => {
      const { rows } = await client.query(
        `SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = '${APPLICATION}'`,
      );
      expect(rows).toEqual([{ ssl: true }]);
    });
    await adapter.disconnect();
  };

  test('with the authority in the options', () => expectSecure({ tls: { ca } }));

  test('with the authority named by the URL, as libpq has it', async () => {
    const file = join(server?.folder ?? '', 'data', 'ssl_cert_file');
    await expectSecure({ url: address(`?sslmode=verify-full&sslrootcert=${encodeURIComponent(file)}`) });
  });

  test('without a look at the certificate, where the URL says so', () =>
    expectSecure({ url: address('?sslmode=no-verify') }));

  test('over a pool of the caller’s own, and so is what cancels', async () => {
    const pool = new pg.Pool({
      connectionString: address(),
      ssl: { ca },
      max: 2,
      application_name: APPLICATION,
    });
    pool.on('error', () => {});
    onTestFinished(() => pool.end());
    await expectSecure({ pool });
    const adapter = make({ pool });
    await adapter.connect();
    await withClient({ url: address() }, async (client) => {
      await client.query('BEGIN; LOCK TABLE notes');
      await expect(adapter.store({ id: 'b' }, { timeoutMs: 300 })).rejects.toMatchObject({
        name: 'StorageTimeoutError',
      });
      await untilNobodyWaits(client, APPLICATION);
      await client.query('ROLLBACK');
    });
    await expect(adapter.retrieve('b')).resolves.toBeNull();
  });

  test.each([
    ['an authority that is not trusted', () => ({ tls: true }), /^(DEPTH_ZERO_)?SELF_SIGNED_CERT/],
    [
      'a name that is not in the certificate',
      () => ({ tls: { ca }, url: address('', 'localhost') }),
      /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ],
  ])('%s is refused for good', async (_, config, code) => {
    await expect(make(config()).connect()).rejects.toMatchObject({
      name: 'StorageConnectionError',
      code: expect.stringMatching(code),
      retriable: false,
      outcome: 'not_sent',
      attempts: 1,
    });
  });
});
