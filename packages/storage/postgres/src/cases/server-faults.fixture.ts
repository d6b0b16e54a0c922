import { chown, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrashableServer, onSmallDisk, type RigOptions, smallDiskMissing } from '@drydock/services/faults';
import type { Stored } from '@drydock/storage';
import type { ServerFault, TlsFaults, Variables } from '@drydock/storage/faults';
import type { ServiceCommand } from '@drydock/storage/service';
import type { PostgresQuery } from '../search/query.js';
import { service } from '../service.js';
import { conformance, type SampleRecord, settingsOf, withClient } from './conformance.fixture.js';

const FULL_DISK = 'a full disk';

/** How servers are started: acknowledged writes are on the disk. */
export const servers: RigOptions = {
  durable: (command) => withSettings(command, { fsync: 'on', synchronous_commit: 'on' }),
  faults: {
    // Only the tables: a server without room for its log stops.
    [FULL_DISK]: (command, { dataDir }) => onSmallDisk(command, join(dataDir, 'cluster', 'base'), 48),
  },
};

/** States of a server in which it refuses some calls. */
export const serverFaults: readonly ServerFault[] = [
  {
    name: 'read-only',
    begin: (variables) => setReadOnly(variables, 'on'),
    end: (variables) => setReadOnly(variables, 'off'),
    writes: { kind: 'connection', retriable: true, outcome: 'rejected', code: '25006' },
  },
  {
    name: FULL_DISK,
    ownServer: true,
    comesWithWriting: true,
    unavailable: smallDiskMissing,
    writes: { kind: 'query', retriable: false, outcome: 'rejected', code: '53100' },
    deletes: 'served',
  },
];

/** A server that takes TLS. */
export const tls: TlsFaults<SampleRecord, PostgresQuery, Stored<SampleRecord>> = {
  startServer: (password, { cert, key }) =>
    CrashableServer.start(service, {
      password,
      async adjust(command, { dataDir }) {
        const [certFile, keyFile] = [join(dataDir, 'server.crt'), join(dataDir, 'server.key')];
        await writeFile(certFile, cert);
        await writeFile(keyFile, key, { mode: 0o600 });
        // The server accepts only a key file that its own user owns.
        const { uid, gid } = await stat(join(dataDir, 'cluster'));
        await chown(keyFile, uid, gid);
        return withSettings(command, { ssl: 'on', ssl_cert_file: certFile, ssl_key_file: keyFile });
      },
    }),
  target: (variables, ca) => conformance('postgres, TLS', { ...settingsOf(variables), tls: { ca } }),
};

function withSettings(command: ServiceCommand, settings: Readonly<Record<string, string>>): ServiceCommand {
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return { ...command, args: [...command.args, ...args] };
}

function setReadOnly({ POSTGRES_URL: url = '' }: Variables, state: 'on' | 'off'): Promise<void> {
  return withClient({ url }, async (client) => {
    await client.query('SET default_transaction_read_only = off');
    await client.query(`ALTER SYSTEM SET default_transaction_read_only = ${state}`);
    await client.query('SELECT pg_reload_conf()');
    await untilNewSessionsHave({ url }, state);
  });
}

/** Waits until new sessions have the setting, which the server reads after a reload. */
async function untilNewSessionsHave(settings: { url: string }, state: 'on' | 'off'): Promise<void> {
  const end = performance.now() + 10_000;
  let seen: unknown;
  while (seen !== state && performance.now() < end) {
    await withClient(settings, async (client) => {
      const { rows } = await client.query('SHOW default_transaction_read_only');
      seen = rows[0]?.default_transaction_read_only;
    });
  }
}
