import { createSocket } from 'node:dgram';
import { lookup, Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createPostgresAdapter } from '@drydock/storage-postgres';
import { createRedisAdapter } from '@drydock/storage-redis';
import { describe } from 'vitest';
import { faultsOf } from '../faults-of.js';
import { given } from '../faults-variable.js';

const walls = given('WALLS');

// Only behind walls: outside, these calls would leave the machine.
describe.skipIf(!walls)('sandbox', () => {
  const fault = faultsOf(`${walls}`);

  fault('connect to loopback', 'environment / sandbox', async () =>
    once(connect(6379, '127.0.0.1'), 'connect'),
  );
  fault('connect to the LAN', 'environment / sandbox', async () =>
    once(connect(6379, '10.255.255.1'), 'connect'),
  );
  fault('fetch from a name', 'environment / sandbox', () => fetch('http://db1.test/'));
  fault('look a name up', 'environment / sandbox', () => lookup('db1.test'));
  fault('ask a name server', 'environment / sandbox', async () => {
    const resolver = new Resolver({ timeout: 1_000, tries: 1 });
    await resolver.resolve4('db1.test');
  });
  fault('send a packet', 'environment / sandbox', async () => {
    const socket = createSocket('udp4').on('error', () => {});
    await new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.send('x', 53, '10.255.255.1', (error) => (error ? reject(error) : resolve(undefined)));
    });
  });
  fault('Redis adapter', 'environment / sandbox', () =>
    connected(createRedisAdapter({ url: 'redis://127.0.0.1:6379', retry: { maxAttempts: 1 } })),
  );
  fault('PostgreSQL adapter', 'environment / sandbox', () =>
    connected(
      createPostgresAdapter({
        url: 'postgresql://u:p@127.0.0.1:5432/x',
        table: 't',
        columns: {},
        retry: { maxAttempts: 1 },
      }),
    ),
  );
  // An empty network namespace lets a process listen.
  if (walls === 'seccomp')
    fault('listen on loopback', 'environment / sandbox', async () =>
      once(createServer().listen(0, '127.0.0.1'), 'listening'),
    );
});

async function connected(adapter: { connect(): Promise<void>; disconnect(): Promise<void> }): Promise<void> {
  try {
    await adapter.connect();
  } finally {
    await adapter.disconnect();
  }
}
