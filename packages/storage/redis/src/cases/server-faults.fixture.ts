import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrashableServer, onSmallDisk, type RigOptions, smallDiskMissing } from '@drydock/services/faults';
import type { Stored } from '@drydock/storage';
import type { ServerFault, TlsFaults, Variables } from '@drydock/storage/faults';
import type { ServiceCommand } from '@drydock/storage/service';
import { Redis } from 'ioredis';
import type { RedisQuery } from '../search/search.js';
import { service } from '../service.js';
import { conformance, type SampleRecord, settingsOf } from './conformance.fixture.js';

const FULL_DISK = 'a full disk';

/** How servers are started: acknowledged writes are on the disk. */
export const servers: RigOptions = {
  durable: (command) => withSettings(command, { appendonly: 'yes', appendfsync: 'always' }),
  faults: {
    // With `appendfsync always` the server stops at the first write that fails.
    [FULL_DISK]: (command, { dataDir }) =>
      onSmallDisk(withSettings(command, { appendonly: 'yes', appendfsync: 'everysec' }), dataDir),
  },
};

/** States of a server in which it refuses some calls. */
export const serverFaults: readonly ServerFault[] = [
  {
    name: 'out of memory',
    begin: (variables) => command(variables, 'config', 'set', 'maxmemory', '1'),
    end: (variables) => command(variables, 'config', 'set', 'maxmemory', '0'),
    writes: { kind: 'query', retriable: false, outcome: 'rejected', code: 'OOM' },
    deletes: 'served',
  },
  {
    name: 'read-only',
    begin: async (variables) => {
      // The server becomes a replica of a master that does not exist.
      await command(variables, 'config', 'set', 'replica-serve-stale-data', 'yes');
      await command(variables, 'replicaof', '127.0.0.1', '1');
    },
    end: (variables) => command(variables, 'replicaof', 'no', 'one'),
    writes: { kind: 'connection', retriable: true, outcome: 'rejected', code: 'READONLY' },
  },
  {
    name: FULL_DISK,
    ownServer: true,
    comesWithWriting: true,
    unavailable: smallDiskMissing,
    writes: { kind: 'query', retriable: false, outcome: 'rejected', code: 'MISCONF' },
  },
];

/** A server that accepts TLS connections only. */
export const tls: TlsFaults<SampleRecord, RedisQuery, Stored<SampleRecord>> = {
  startServer: (password, { cert, key }) =>
    CrashableServer.start(service, {
      password,
      async adjust(command, { dataDir, port }) {
        const [certFile, keyFile] = [join(dataDir, 'server.crt'), join(dataDir, 'server.key')];
        await writeFile(certFile, cert);
        await writeFile(keyFile, key, { mode: 0o600 });
        return withSettings(command, {
          port: '0',
          'tls-port': String(port),
          'tls-cert-file': certFile,
          'tls-key-file': keyFile,
          'tls-auth-clients': 'no',
        });
      },
      variables: ({ REDIS_URL: url = '' }) => ({ REDIS_URL: url.replace('redis:', 'rediss:') }),
      // A probe over TLS would fail: the certificate is made to be refused.
      ready: 'listening',
    }),
  target: (variables, ca) => conformance('redis, TLS', { ...settingsOf(variables), tls: { ca } }),
};

function withSettings(command: ServiceCommand, settings: Readonly<Record<string, string>>): ServiceCommand {
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  return { ...command, args: [...command.args, ...args] };
}

async function command({ REDIS_URL: url = '' }: Variables, name: string, ...args: string[]): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, commandTimeout: 5_000, retryStrategy: () => null });
  try {
    await client.connect();
    await client.call(name, ...args);
  } finally {
    client.disconnect();
  }
}
