import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { type Availability, orSkip, tryAcquire } from './availability.js';
import { expectAtDeadline, expectInTime, type Timed, timed } from './deadline.js';
import { openSockets, untilClosed } from './handles.js';
import { CANARY_SECRET, type LeakDetector } from './leak-detector.js';
import type { CrashableServer, StorageFaultsOptions } from './options.js';
import { serverFault } from './server-faults.js';
import { type Adapter, OPERATIONS, type OperationName, ServerUnderTest } from './server-under-test.js';
import { writeThroughCrashes } from './writer.js';

const DEADLINE_MS = 400;
const LONG_MS = 20_000;
const START_MS = 180_000;

/** A real server that is killed, frozen and started again. */
export function crashes<R extends StorageRecord, Q extends StorageQuery, Item>(
  options: StorageFaultsOptions<R, Q, Item>,
  detector: LeakDetector,
): void {
  const timeout = options.restartTimeoutMs ?? 60_000;

  describe('a server that fails', () => {
    let acquired: Availability<{ server: CrashableServer; subject: ServerUnderTest }> | undefined;
    let socketsBefore = 0;

    beforeAll(async () => {
      const password = `${CANARY_SECRET}-server`;
      const starting = options.rig.startServer(password);
      acquired = await tryAcquire(
        starting.then((server) => ({
          server,
          subject: ServerUnderTest.of(options.target(server.variables), detector),
        })),
      );
      socketsBefore = openSockets();
    }, START_MS);

    afterEach(async () => {
      if (acquired && 'value' in acquired) await acquired.value.subject.close();
      await untilClosed(socketsBefore);
    });

    afterAll(async () => {
      if (acquired && 'value' in acquired) await acquired.value.server.stop();
    }, START_MS);

    test('a server killed with kill -9 leaves what was sent unknown and the rest not sent; the same adapter recovers', {
      timeout,
    }, async (context) => {
      const { server, subject } = orSkip(acquired, context);
      const adapter = await subject.connected({ retry: { maxAttempts: 1 } });
      await server.freeze();
      const calls = callAll(subject, adapter, LONG_MS);
      await vi.waitFor(() => expect(calls.sent()).toContain('unknown'), { timeout: LONG_MS, interval: 5 });
      await server.kill();
      const inFlight = await calls.settled;
      expect(factsOf(subject, inFlight, 'kill -9')).toEqual(calls.expected('connection'));
      await untilClosed(socketsBefore);
      const after = await callAll(subject, adapter, LONG_MS).settled;
      expect(factsOf(subject, after, 'killed')).toEqual(each({ kind: 'connection', outcome: 'not_sent' }));
      await server.start();
      await subject.recovered(adapter);
    });

    test('a server stopped with SIGSTOP lets every call end at its deadline; the same adapter recovers', {
      timeout,
    }, async (context) => {
      const { server, subject } = orSkip(acquired, context);
      const adapter = await subject.connected();
      await server.freeze();
      try {
        const calls = callAll(subject, adapter, DEADLINE_MS);
        const settled = await calls.settled;
        expect(factsOf(subject, settled, 'SIGSTOP')).toEqual(calls.expected('timeout'));
        for (const call of Object.values(settled)) expectAtDeadline(call, DEADLINE_MS);
        const health = await timed(() => adapter.healthCheck({ timeoutMs: DEADLINE_MS }));
        expect(health.value).toMatchObject({ status: 'unhealthy', error: { kind: 'timeout' } });
        expectInTime(health, DEADLINE_MS);
      } finally {
        await server.thaw();
      }
      await subject.recovered(adapter);
    });

    test('a server that is restarted in order is found again by the same adapter, with what it stored', {
      timeout,
    }, async (context) => {
      const { server, subject } = orSkip(acquired, context);
      const adapter = await subject.connected();
      const record = subject.record();
      await adapter.store(record);
      await server.end();
      await server.start();
      await subject.recovered(adapter);
      expect(await adapter.retrieve(record.id)).toEqual(record);
    });

    test('a server that crashes under writing loses no acknowledged write', {
      timeout: timeout * 3,
    }, async (context) => {
      const { server, subject } = orSkip(acquired, context);
      const adapter = await subject.connected();
      const { crashes = 3 } = options;
      const { acknowledged, found } = await writeThroughCrashes(subject, adapter, server, crashes);
      expect(acknowledged.length).toBeGreaterThan(0);
      expect(found).toEqual(acknowledged);
    });

    test('a wrong password is refused at once and for good, and never shown', {
      timeout,
    }, async (context) => {
      const { subject } = orSkip(acquired, context);
      const adapter = await subject.adapter({ retry: { maxAttempts: 3 } }, `${CANARY_SECRET}-wrong`);
      const call = await timed(() => adapter.connect({ timeoutMs: LONG_MS }));
      expect(subject.facts(call.error, 'wrong password')).toMatchObject({
        kind: 'connection',
        retriable: false,
        attempts: 1,
      });
      expectInTime(call, LONG_MS);
    });

    for (const fault of options.serverFaults ?? []) {
      serverFault(fault, options, detector, (context) => orSkip(acquired, context), timeout);
    }
  });
}

/** Makes every call at once; the adapter's own counters say which of them were sent. */
function callAll(subject: ServerUnderTest, adapter: Adapter, timeoutMs: number) {
  const roundTrips = (operation: OperationName) =>
    adapter.getMetrics().operations[operation]?.roundTrips ?? 0;
  const before = new Map(OPERATIONS.map((operation) => [operation, roundTrips(operation)]));
  const outcome = (operation: OperationName) =>
    roundTrips(operation) > (before.get(operation) ?? 0) ? 'unknown' : 'not_sent';
  const settling = subject.calls.map(
    async ([operation, call]) => [operation, await timed(() => call(adapter, { timeoutMs }))] as const,
  );
  return {
    settled: Promise.all(settling).then((entries) => Object.fromEntries(entries)),
    sent: () => OPERATIONS.map(outcome),
    expected: (kind: string) =>
      Object.fromEntries(
        OPERATIONS.map((operation) => [operation, { kind, retriable: true, outcome: outcome(operation) }]),
      ),
  };
}

function factsOf(subject: ServerUnderTest, calls: Readonly<Record<string, Timed>>, where: string) {
  const entries = Object.entries(calls).map(([operation, { error }]) => {
    const { kind, retriable, outcome } = subject.facts(error, where);
    return [operation, { kind, retriable, outcome }] as const;
  });
  return Object.fromEntries(entries);
}

function each(facts: { kind: string; outcome: string }) {
  return Object.fromEntries(OPERATIONS.map((operation) => [operation, { retriable: true, ...facts }]));
}
