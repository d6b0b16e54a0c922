import { describe, expect, type TestContext, test } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { orSkip, tryAcquire } from './availability.js';
import { CANARY_SECRET, type LeakDetector } from './leak-detector.js';
import type { CrashableServer, ExpectedFault, ServerFault, StorageFaultsOptions } from './options.js';
import { type Adapter, OPERATIONS, type OperationName, ServerUnderTest } from './server-under-test.js';

/** Bytes of the records that fill a server, and how many of them at most. */
const FILLER_BYTES = 256 * 1024;
const MOST_FILLERS = 2_000;
const CALL_MS = 10_000;

interface FailingServer {
  readonly server: CrashableServer;
  readonly subject: ServerUnderTest;
}

/** One state of a server in which it serves some calls and refuses others. */
export function serverFault<R extends StorageRecord, Q extends StorageQuery, Item>(
  fault: ServerFault,
  options: StorageFaultsOptions<R, Q, Item>,
  detector: LeakDetector,
  shared: (context: TestContext) => FailingServer,
  timeout: number,
): void {
  describe(fault.name, () => {
    test(`every call to a server with ${fault.name} is served or refused as declared; the same adapter recovers`, {
      timeout: timeout * 2,
    }, async (context) => {
      const reason = await fault.unavailable?.();
      if (reason !== undefined) context.skip(`unavailable: ${reason}`);
      const own = fault.ownServer ? orSkip(await tryAcquire(startOwn()), context) : undefined;
      try {
        await checkCalls(own ?? shared(context), fault);
      } finally {
        await own?.subject.close();
        await own?.server.stop();
      }
    });

    async function startOwn(): Promise<FailingServer> {
      const server = await options.rig.startServer(`${CANARY_SECRET}-own`, fault.name);
      return { server, subject: ServerUnderTest.of(options.target(server.variables), detector) };
    }
  });
}

async function checkCalls({ server, subject }: FailingServer, fault: ServerFault): Promise<void> {
  const adapter = await subject.connected({ retry: { maxAttempts: 1 } });
  await fault.begin?.(server.variables);
  try {
    if (fault.comesWithWriting) await fill(subject, adapter, fault.writes);
    for (const operation of OPERATIONS) {
      const call = fault.comesWithWriting
        ? subject.callWith(operation, subject.record(undefined, FILLER_BYTES))
        : subject.call(operation);
      const seen = await call(adapter, { timeoutMs: CALL_MS }).then(
        () => 'served',
        (error) => factsOf(subject, error, fault.name),
      );
      expect(seen, operation).toEqual(expected(fault, operation));
    }
  } finally {
    await fault.end?.(server.variables);
  }
  if (!fault.end) return;
  await subject.recovered(adapter);
  await adapter.store(subject.record());
}

async function fill(subject: ServerUnderTest, adapter: Adapter, last: ExpectedFault): Promise<void> {
  for (let count = 0; count < MOST_FILLERS; count += 1) {
    try {
      await adapter.store(subject.record(undefined, FILLER_BYTES), { timeoutMs: CALL_MS });
    } catch (error) {
      expect(factsOf(subject, error, 'filling')).toEqual(asSeen(last));
      return;
    }
  }
  expect.fail('the server stored more than it should have had room for');
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

function factsOf(subject: ServerUnderTest, error: unknown, where: string) {
  const { kind, retriable, outcome } = subject.facts(error, where);
  return { kind, retriable, outcome, code: (error as { code?: string }).code };
}
