import { describe, expect, type TestContext, test } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import type { ExpectedFault, FaultVictim, ServerFault, StorageFaultsOptions } from './options.js';
import { type Adapter, have, OPERATIONS, type OperationName, Scene, type Target, take } from './server-under-test.js';
import { CANARY_SECRET, type Witness } from './leak-detector.js';

/** Bytes of the records that fill a server, and how many of them at most. */
const FILLER_BYTES = 256 * 1024;
const MOST_FILLERS = 2_000;
const CALL_MS = 10_000;

interface On {
  readonly victim: FaultVictim;
  readonly scene: Scene;
}

/** One state of a server in which it serves some calls and refuses others. */
export function serverFault<R extends StorageRecord, Q extends StorageQuery, Item>(
  fault: ServerFault,
  options: StorageFaultsOptions<R, Q, Item>,
  witness: Witness,
  shared: (context: TestContext) => On,
  timeout: number,
): void {
  describe(fault.name, () => {
    test('every call is served or refused as it should be; the same adapter recovers', {
      timeout: timeout * 2,
    }, async (context) => {
      const reason = await fault.unavailable?.();
      if (reason !== undefined) context.skip(reason);
      const own = fault.ownServer ? take(await have(startOwn()), context) : undefined;
      try {
        await tryOut(own ?? shared(context), fault);
      } finally {
        await own?.scene.close();
        await own?.victim.stop();
      }
    });

    async function startOwn(): Promise<On> {
      const victim = await options.rig.startVictim(`${CANARY_SECRET}-own`, fault.name);
      return { victim, scene: new Scene(options.target(victim.variables) as unknown as Target, witness) };
    }
  });
}

async function tryOut({ victim, scene }: On, fault: ServerFault): Promise<void> {
  const adapter = await scene.connected({ retry: { maxAttempts: 1 } });
  await fault.begin?.(victim.variables);
  try {
    if (fault.comesWithWriting) await fill(scene, adapter, fault.writes);
    for (const operation of OPERATIONS) {
      const call = fault.comesWithWriting
        ? scene.callWith(operation, scene.record(undefined, FILLER_BYTES))
        : scene.call(operation);
      const seen = await call(adapter, { timeoutMs: CALL_MS }).then(
        () => 'served',
        (error) => factsOf(scene, error, fault.name),
      );
      expect(seen, operation).toEqual(expected(fault, operation));
    }
  } finally {
    await fault.end?.(victim.variables);
  }
  if (!fault.end) return;
  await scene.recovered(adapter);
  await adapter.store(scene.record());
}

async function fill(scene: Scene, adapter: Adapter, last: ExpectedFault): Promise<void> {
  for (let count = 0; count < MOST_FILLERS; count += 1) {
    try {
      await adapter.store(scene.record(undefined, FILLER_BYTES), { timeoutMs: CALL_MS });
    } catch (error) {
      expect(factsOf(scene, error, 'filling')).toEqual(asSeen(last));
      return;
    }
  }
  expect.fail('the server took more than it should have had room for');
}

function expected(fault: ServerFault, operation: OperationName): unknown {
  if (operation.startsWith('store')) return asSeen(fault.writes);
  const { deletes = fault.writes, reads = 'served' } = fault;
  const expectation = operation.startsWith('delete') ? deletes : reads;
  return expectation === 'served' ? 'served' : asSeen(expectation);
}

function asSeen({ code, ...facts }: ExpectedFault): unknown {
  return { ...facts, code: code ?? expect.any(String) };
}

function factsOf(scene: Scene, error: unknown, where: string) {
  const { kind, retriable, outcome } = scene.facts(error, where);
  return { kind, retriable, outcome, code: (error as { code?: string }).code };
}
