import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { StorageConnectionError, StorageQueryError } from '@drydock/storage';
import { createRedisAdapter } from '@drydock/storage-redis';
import { describe, expect } from 'vitest';
import { faultsOf } from '../faults-of.js';
import { given } from '../faults-variable.js';
import { closedPort } from '../loopback-servers.js';

const planted = faultsOf('planted in code');
const asserted = faultsOf('an assertion about an error');
const refusedText = 'connect ECONNREFUSED 127.0.0.1:6379';

planted('an assertion whose values speak of a refusal', 'defect / assertion', () =>
  expect({ error: refusedText }).toEqual({ error: 'none' }),
);
asserted('a promise that should resolve is refused', 'environment / refused', async () => {
  const socket = connect(await closedPort(), '127.0.0.1');
  await expect(once(socket, 'connect')).resolves.toBeDefined();
});
planted('node:assert', 'defect / assertion', () => assert.equal(refusedText, ''));
planted('a contract that is broken, told in words of the network', 'defect / unexplained', () => {
  throw new Error(`contract: retrieve gave nothing; the log says: ${refusedText}`);
});
planted('undefined is read', 'defect / defect', () => (undefined as unknown as { rows: [] }).rows);
planted('half the tries fail for a defect, half for the network', 'defect / defect', async () => {
  const refused = connect(await closedPort(), '127.0.0.1');
  await Promise.any([
    once(refused, 'connect'),
    Promise.resolve().then(() => (null as unknown as { a: 1 }).a),
  ]);
});
planted('broken JSON', 'defect / defect', () => JSON.parse('{"half":'));
planted('a wait that nothing ends', 'defect / deadline-overrun', () => new Promise(() => {}), {
  timeoutMs: 300,
  hangs: true,
});
planted('an error that nobody knows', 'defect / unexplained', () => {
  throw new Error('boom');
});
planted('a connection that one has closed oneself', 'defect / unexplained', () => {
  throw new Error('Connection is closed.');
});
planted('a file that may not be removed', 'defect / unexplained', () => {
  throw Object.assign(new Error("EPERM: operation not permitted, unlink '/x'"), {
    code: 'EPERM',
    syscall: 'unlink',
  });
});
planted(
  'the wrong port is dialled, and the server is well',
  'defect / contradicted',
  async () => {
    const adapter = createRedisAdapter({
      url: `redis://127.0.0.1:${await closedPort()}`,
      retry: { maxAttempts: 1 },
    });
    try {
      await adapter.connect();
    } finally {
      await adapter.disconnect();
    }
  },
  { check: { name: 'redis', ok: true, evidence: 'logged in to 7.0.15' } },
);

describe.skipIf(!given('REDIS_URL'))('with a server', () => {
  const breach = faultsOf('planted in the Redis adapter');
  type Note = { id?: string; text: string };

  /** The adapter with one method replaced, on the real server. */
  async function withDefect(
    defect: (
      adapter: ReturnType<typeof createRedisAdapter<Note>>,
    ) => Partial<ReturnType<typeof createRedisAdapter<Note>>>,
    use: (adapter: ReturnType<typeof createRedisAdapter<Note>>) => Promise<void>,
  ): Promise<void> {
    const adapter = createRedisAdapter<Note>({ url: given('REDIS_URL'), prefix: 'planted' });
    await adapter.connect();
    const broken = new Proxy(adapter, {
      get: (target, name) => Reflect.get(defect(adapter), name) ?? Reflect.get(target, name)?.bind?.(target),
    });
    try {
      await use(broken);
    } finally {
      await adapter.disconnect();
    }
  }

  breach('contract: delete says true of what is not there', 'defect / contract-breach', () =>
    withDefect(
      () => ({ delete: async () => true }),
      async (adapter) => expect(await adapter.delete('missing')).toBe(false),
    ),
  );
  breach('contract: retrieve loses the record', 'defect / contract-breach', () =>
    withDefect(
      () => ({ retrieve: async () => null as never }),
      async (adapter) => {
        await adapter.store({ id: 'a', text: 'kept' });
        expect(await adapter.retrieve('a')).toEqual({ id: 'a', text: 'kept' });
      },
    ),
  );
  breach('a refusal is told as a query’s fault', 'defect / wrong-error-class', () =>
    withDefect(
      () => ({
        connect: () =>
          Promise.reject(
            new StorageQueryError(
              { retriable: true, outcome: 'not_sent', code: 'ECONNREFUSED', detail: 'nothing listens there' },
              { backend: 'redis', operation: 'connect' },
            ),
          ),
      }),
      async (adapter) => {
        const error = await adapter.connect().catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(StorageConnectionError);
      },
    ),
  );
  breach('an error shows the record', 'defect / leak', () =>
    withDefect(
      () => ({
        store: (record: Note) => Promise.reject(new Error(`cannot store ${record.text}`)) as never,
      }),
      async (adapter) => {
        const error = await adapter.store({ text: 'canary-payload' }).catch((reason: unknown) => reason);
        expect(String(error).includes('canary-payload'), 'a secret or a payload shows').toBe(false);
      },
    ),
  );
  breach('a command is misspelt', 'defect / rejected', async () => {
    const { Redis } = await import('ioredis');
    const client = new Redis(given('REDIS_URL') ?? '');
    try {
      await client.call('GETT', 'a');
    } finally {
      client.disconnect();
    }
  });
});
