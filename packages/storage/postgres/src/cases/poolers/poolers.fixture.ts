import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AcquiredService, acquire } from '@drydock/services';
import { localBinary, type ServiceDefinition } from '@drydock/storage/service';
import { service } from '../../service.js';

/** How a PgBouncer shares the server's sessions, and whether it ignores parameters that it cannot pass on. */
export interface PoolerOptions {
  readonly mode: 'session' | 'transaction' | 'statement';
  readonly ignores: boolean;
}

/** Starts a PgBouncer with one session of the server that this URL names; rejects as unavailable where there is none. */
export function startPooler(url: string, { mode, ignores }: PoolerOptions): Promise<AcquiredService> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const target = [
    `host=${hostname === 'localhost' ? '127.0.0.1' : hostname}`,
    `port=${port || 5432}`,
    `dbname=${decodeURIComponent(pathname.slice(1))}`,
    `user=${decodeURIComponent(username)}`,
    ...(password === '' ? [] : [`password='${decodeURIComponent(password).replaceAll("'", "''")}'`]),
  ].join(' ');
  const definition: ServiceDefinition = {
    ...service,
    remedy: 'Install PgBouncer, such as with apt-get install pgbouncer.',
    launchers: [
      localBinary(['pgbouncer', '/usr/sbin/pgbouncer'], async (file, { dataDir, port: own }) => {
        const config = join(dataDir, 'pgbouncer.ini');
        const lines = [
          '[databases]',
          `* = ${target}`,
          '[pgbouncer]',
          'listen_addr = 127.0.0.1',
          `listen_port = ${own}`,
          'unix_socket_dir =',
          'auth_type = any',
          `pool_mode = ${mode}`,
          'default_pool_size = 1',
          ...(ignores ? ['ignore_startup_parameters = statement_timeout'] : []),
        ];
        // Readable by the pooler's user; the folder around it is closed to everybody else.
        await writeFile(config, `${lines.join('\n')}\n`, { mode: 0o644 });
        return { file, args: [config], user: 'postgres', stopSignal: 'SIGINT' };
      }),
    ],
    variables: (address) => ({
      POSTGRES_URL: `postgresql://anybody@${address.host}:${address.port}/postgres`,
    }),
  };
  return acquire(definition, { env: {}, ways: ['local binary'] });
}
