import { ulid } from 'ulid';
import { vi } from 'vitest';
import type { CrashableServer } from './options.js';
import type { Adapter, ServerUnderTest } from './server-under-test.js';

const WRITERS = 4;
/** Acknowledged writes before each crash. */
const WRITES = 40;
const WRITE_MS = 2_000;

/** Writes from several writers while the server is killed, and records which writes were acknowledged. */
export async function writeThroughCrashes(
  subject: ServerUnderTest,
  adapter: Adapter,
  server: CrashableServer,
  crashes: number,
): Promise<{ readonly acknowledged: string[]; readonly found: string[] }> {
  const acknowledged: string[] = [];
  for (let crash = 0; crash < crashes; crash += 1) {
    const enough = acknowledged.length + WRITES;
    let killed = false;
    const write = async (): Promise<void> => {
      while (!killed) {
        const id = ulid();
        try {
          const writing =
            acknowledged.length % 2 === 0
              ? adapter.store(subject.record(id), { timeoutMs: WRITE_MS })
              : adapter.storeBatch([subject.record(id)], { timeoutMs: WRITE_MS });
          await writing;
          acknowledged.push(id);
        } catch (error) {
          subject.facts(error, 'a write during a crash');
        }
      }
    };
    const writers = Array.from({ length: WRITERS }, write);
    await vi.waitUntil(() => acknowledged.length >= enough, { timeout: 30_000, interval: 1 });
    await server.kill();
    killed = true;
    await Promise.all(writers);
    await server.start();
    await subject.recovered(adapter);
  }
  const records = await adapter.retrieveBatch(acknowledged, { timeoutMs: 10_000 });
  return { acknowledged, found: records.flatMap((record) => record?.id ?? []) };
}
