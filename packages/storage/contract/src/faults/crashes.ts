import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { expectAtDeadline, expectInTime, type Timed, timed } from './deadline.js';
import { openSockets, untilClosed } from './handles.js';
import type { FaultVictim, StorageFaultsOptions } from './options.js';
import {
  type Adapter,
  type Had,
  have,
  OPERATIONS,
  type OperationName,
  Scene,
  type Target,
  take,
} from './server-under-test.js';
import { serverFault } from './server-faults.js';
import { CANARY_SECRET, type Witness } from './leak-detector.js';
import { writeThroughCrashes } from './writer.js';

const DEADLINE_MS = 400;
const LONG_MS = 20_000;
const START_MS = 180_000;

/** A real server that is killed, frozen and started again. */
export function crashes<R extends StorageRecord, Q extends StorageQuery, Item>(
  options: StorageFaultsOptions<R, Q, Item>,
  witness: Witness,
): void {
  const timeout = options.restartTimeoutMs ?? 60_000;

  describe('a server that fails', () => {
    let had: Had<{ readonly victim: FaultVictim; readonly scene: Scene }> | undefined;
    let socketsBefore = 0;

    beforeAll(async () => {
      const password = `${CANARY_SECRET}-server`;
      const starting = options.rig.startVictim(password).then((victim) => {
        const scene = new Scene(options.target(victim.variables) as unknown as Target, witness);
        return { victim, scene };
      });
      had = await have(starting);
      socketsBefore = openSockets();
    }, START_MS);

    afterEach(async () => {
      if (had && 'had' in had) await had.had.scene.close();
      await untilClosed(socketsBefore);
    });

    afterAll(async () => {
      if (had && 'had' in had) await had.had.victim.stop();
    }, START_MS);

    test('by kill -9: what was sent is unknown, what was not is not; the same adapter recovers', {
      timeout,
    }, async (context) => {
      const { victim, scene } = take(had, context);
      const adapter = await scene.connected({ retry: { maxAttempts: 1 } });
      await victim.freeze();
      const calls = callAll(scene, adapter, LONG_MS);
      await vi.waitFor(() => expect(calls.sent()).toContain('unknown'), { timeout: LONG_MS, interval: 5 });
      await victim.kill();
      const inFlight = await calls.settled;
      expect(factsOf(scene, inFlight, 'kill -9')).toEqual(calls.expected('connection'));
      await untilClosed(socketsBefore);
      const after = await callAll(scene, adapter, LONG_MS).settled;
      expect(factsOf(scene, after, 'killed')).toEqual(each({ kind: 'connection', outcome: 'not_sent' }));
      await victim.start();
      await scene.recovered(adapter);
    });

    test('by SIGSTOP: every call ends at its deadline; the same adapter recovers', {
      timeout,
    }, async (context) => {
      const { victim, scene } = take(had, context);
      const adapter = await scene.connected();
      await victim.freeze();
      try {
        const calls = callAll(scene, adapter, DEADLINE_MS);
        const settled = await calls.settled;
        expect(factsOf(scene, settled, 'SIGSTOP')).toEqual(calls.expected('timeout'));
        for (const call of Object.values(settled)) expectAtDeadline(call, DEADLINE_MS);
        const health = await timed(() => adapter.healthCheck({ timeoutMs: DEADLINE_MS }));
        expect(health.value).toMatchObject({ status: 'unhealthy', error: { kind: 'timeout' } });
        expectInTime(health, DEADLINE_MS);
      } finally {
        await victim.thaw();
      }
      await scene.recovered(adapter);
    });

    test('by a restart in good order: the same adapter recovers, and finds what it stored', {
      timeout,
    }, async (context) => {
      const { victim, scene } = take(had, context);
      const adapter = await scene.connected();
      const record = scene.record();
      await adapter.store(record);
      await victim.end();
      await victim.start();
      await scene.recovered(adapter);
      expect(await adapter.retrieve(record.id)).toEqual(record);
    });

    test('by crashes under writing: no acknowledged write is lost', {
      timeout: timeout * 3,
    }, async (context) => {
      const { victim, scene } = take(had, context);
      const adapter = await scene.connected();
      const { crashes = 3 } = options;
      const { acknowledged, found } = await writeThroughCrashes(scene, adapter, victim, crashes);
      expect(acknowledged.length).toBeGreaterThan(0);
      expect(found).toEqual(acknowledged);
    });

    test('by refusing a wrong password: at once, for good, and never shown', { timeout }, async (context) => {
      const { scene } = take(had, context);
      const adapter = await scene.adapter({ retry: { maxAttempts: 3 } }, `${CANARY_SECRET}-wrong`);
      const call = await timed(() => adapter.connect({ timeoutMs: LONG_MS }));
      expect(scene.facts(call.error, 'wrong password')).toMatchObject({
        kind: 'connection',
        retriable: false,
        attempts: 1,
      });
      expectInTime(call, LONG_MS);
    });

    for (const fault of options.serverFaults ?? []) {
      serverFault(fault, options, witness, (context) => take(had, context), timeout);
    }
  });
}

/** Makes every call at once; which of them were sent is told by the adapter's own counters. */
function callAll(scene: Scene, adapter: Adapter, timeoutMs: number) {
  const roundTrips = (operation: OperationName) =>
    adapter.getMetrics().operations[operation]?.roundTrips ?? 0;
  const before = new Map(OPERATIONS.map((operation) => [operation, roundTrips(operation)]));
  const outcome = (operation: OperationName) =>
    roundTrips(operation) > (before.get(operation) ?? 0) ? 'unknown' : 'not_sent';
  const settling = scene.calls.map(
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

function factsOf(scene: Scene, calls: Readonly<Record<string, Timed>>, where: string) {
  const entries = Object.entries(calls).map(([operation, { error }]) => {
    const { kind, retriable, outcome } = scene.facts(error, where);
    return [operation, { kind, retriable, outcome }] as const;
  });
  return Object.fromEntries(entries);
}

function each(facts: { kind: string; outcome: string }) {
  return Object.fromEntries(OPERATIONS.map((operation) => [operation, { retriable: true, ...facts }]));
}
