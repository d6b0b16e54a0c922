import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRedisAdapter } from '@drydock/storage-redis';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe } from 'vitest';
import { faultsOf } from '../faults-of.js';
import { given } from '../faults-variable.js';
import { answering, closedPort } from '../loopback-servers.js';

const url = given('REDIS_URL') ?? 'redis://localhost:1';
const disk = given('SMALL_DISK');
const wrongPassword = url.replace(/:[^:@/]+@/, ':not-the-password@');
const ONCE = { retryStrategy: () => null, maxRetriesPerRequest: 0, enableOfflineQueue: true } as const;
const RETRY = { retry: { maxAttempts: 1 }, timeoutMs: 10_000 } as const;

describe.skipIf(!given('REDIS_URL'))('redis', () => {
  const admin = new Redis(url, { lazyConnect: true });
  admin.on('error', () => {});
  const clients: Redis[] = [];
  const set = (name: string, value: string) => admin.config('SET', name, value);

  beforeAll(async () => {
    await admin.connect();
    await admin.acl('SETUSER', 'reader', 'on', '>reader-password', '~*', '+get', '+info');
    await admin.set('full', 'x'.repeat(3_000_000));
  });
  afterAll(() => {
    for (const client of [...clients, admin]) client.disconnect();
  });

  const driver = faultsOf('Redis, driver');
  const adapter = faultsOf('Redis, adapter');

  function client(address = url, options = {}): Redis {
    const made = new Redis(address, { ...ONCE, ...options });
    made.on('error', () => {});
    clients.push(made);
    return made;
  }

  async function stored(address = url, config = {}): Promise<void> {
    const records = createRedisAdapter<{ id?: string; text: string }>({ url: address, ...RETRY, ...config });
    try {
      await records.connect();
      await records.store({ id: 'a', text: 'a' });
    } finally {
      await records.disconnect();
    }
  }

  /** Changes a setting of the server while something is tried. */
  async function during(name: string, value: string, action: () => Promise<unknown>): Promise<void> {
    const [, before = ''] = (await admin.config('GET', name)) as string[];
    await set(name, value);
    try {
      await action();
    } finally {
      await set(name, before);
    }
  }

  driver('wrong password', 'environment / login', () => client(wrongPassword).get('a'));
  adapter('wrong password', 'environment / login', () => stored(wrongPassword));
  driver('no password', 'environment / login', () => {
    const { host } = new URL(url);
    return client(`redis://${host}`).get('a');
  });
  driver('a user without the right', 'environment / login', () => {
    const { host } = new URL(url);
    return client(`redis://reader:reader-password@${host}`).set('a', 'b');
  });
  adapter('nothing listens', 'environment / refused', async () =>
    stored(`redis://127.0.0.1:${await closedPort()}`),
  );
  driver('a database that does not exist', 'environment / wrong-database', () => client().select(4_000));
  if (/^(?:6|7\.[0-3])\b/.test(given('REDIS_VERSION') ?? ''))
    driver('a command of a newer version', 'environment / version', () =>
      client().call('HEXPIRE', 'k', '1', 'FIELDS', '1', 'f'),
    );
  driver('maxmemory is reached', 'environment / out-of-memory', () =>
    during('maxmemory', '1mb', () => client().set('a', 'b')),
  );
  adapter('maxmemory is reached', 'environment / out-of-memory', () =>
    during('maxmemory', '1mb', () => stored()),
  );
  driver('a replica', 'environment / read-only', () => asReplica(() => client().set('a', 'b')));
  adapter('a replica', 'environment / read-only', () => asReplica(() => stored()));
  adapter('what answers is not Redis', 'environment / wrong-service', async () =>
    stored(`redis://127.0.0.1:${await answering(200, {})}`),
  );
  if (disk && spawnSync('redis-server', ['--version']).status === 0)
    driver('the disk for snapshots is full', 'environment / disk-full', async () => {
      const port = await closedPort();
      const server = spawn('redis-server', [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--dir',
        disk,
        '--save',
        '1 1',
      ]);
      try {
        const own = client(`redis://127.0.0.1:${port}`, {
          retryStrategy: () => 50,
          maxRetriesPerRequest: 100,
        });
        await own.set('a', randomBytes(2_000_000));
        await own.bgsave();
        while (!/rdb_bgsave_in_progress:0/.test(await own.info('persistence'))) await own.ping();
        await own.set('a', 'b');
      } finally {
        // A Redis that cannot save does not end by SIGTERM.
        server.kill('SIGKILL');
      }
    });
  adapter(
    'the server hangs',
    'environment / unresponsive',
    async () => {
      await admin.client('PAUSE', 3_000, 'ALL');
      try {
        await stored(url, { timeoutMs: 500 });
      } finally {
        await admin.ping();
      }
    },
    { check: { name: 'redis', ok: false, evidence: 'no answer to a login within 1 s' } },
  );

  async function asReplica(action: () => Promise<unknown>): Promise<void> {
    await admin.config('SET', 'replica-serve-stale-data', 'yes');
    await admin.replicaof('127.0.0.1', await closedPort());
    try {
      await action();
    } finally {
      await admin.replicaof('NO', 'ONE');
    }
  }
});
