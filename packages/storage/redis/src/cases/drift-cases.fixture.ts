import { newNamespace } from '@drydock/storage/conformance';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeRedis } from '../fake/index.js';
import { type ConnectionSettings, removeNamespace } from './conformance.fixture.js';
import type { Step } from './conversation.fixture.js';
import { conversations } from './conversations.fixture.js';

/** Whether a live server answers as the fake does. */
export function driftCases(settings: ConnectionSettings): void {
  describe('the fake and the live server', () => {
    const namespace = newNamespace();
    const prefix = `${namespace}:`;
    const fake = new Redis({ ...new FakeRedis().driver, lazyConnect: true, protocol: 2 });
    const real = new Redis(settings.url ?? '', {
      lazyConnect: true,
      protocol: 2,
      commandTimeout: 5_000,
    });
    const keys = ['K0', 'K1', 'K2', 'Kg'].map((key) => prefix + key);

    beforeAll(() => Promise.all([fake.connect(), real.connect()]));

    afterAll(async () => {
      await removeNamespace(settings, namespace);
      fake.disconnect();
      real.disconnect();
    });

    test.each(conversations())('agree on %s', async (_, steps) => {
      await Promise.all([fake.unlink(...keys), real.unlink(...keys)]);
      for (const step of steps) {
        const [name, ...args] = step.map((word) => (/^K\w$/.test(`${word}`) ? prefix + word : word)) as Step;
        const [said, says] = await Promise.all([fake, real].map((client) => ask(client, [name, ...args])));
        expect({ step, reply: comparable(said, step) }).toEqual({ step, reply: comparable(says, step) });
      }
    });
  });
}

/** Lifetimes differ by the time that passed, and versions of the server write the same score in different ways. */
function comparable(reply: unknown, step: Step): unknown {
  if (Array.isArray(reply)) return reply.map((part) => comparable(part, step));
  if (step[0] === 'PTTL' && Number(reply) > 0) return 'some time';
  return typeof reply === 'string' && /^-?\d[\d.e+-]*$/.test(reply) ? `number ${Number(reply) + 0}` : reply;
}

async function ask(client: Redis, [name, ...args]: Step): Promise<unknown> {
  try {
    return await client.call(name, ...args);
  } catch (error) {
    // The server's words for the place of an error in a script change between versions.
    return `error: ${(error as Error).message.replace(/ script: .*/s, '')}`;
  }
}
