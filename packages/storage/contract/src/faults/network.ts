import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { expectAtDeadline, expectInTime, timed } from './deadline.js';
import { untilClosed } from './handles.js';
import { BENT, BREAKS, CLOGGED, LATE } from './network-faults.js';
import { NetworkStage } from './proxy-fixture.js';
import type { StorageFaultsOptions } from './options.js';
import { OPERATIONS } from './server-under-test.js';
import type { Witness } from './leak-detector.js';

const DEADLINE_MS = 400;
const LONG_MS = 5_000;
const OUTAGE_MS = 10_000;
const LATE_ERROR = { kind: 'timeout', retriable: true, outcome: 'unknown', attempts: 1 } as const;
const LOST_ERROR = { kind: 'connection', retriable: true, outcome: 'unknown', attempts: 1 } as const;
const REFUSED_ERROR = { kind: 'connection', retriable: true, outcome: 'not_sent', attempts: 3 } as const;

/** A network that fails between the adapter and a real server. */
export function networkFaults<R extends StorageRecord, Q extends StorageQuery, Item>(
  options: StorageFaultsOptions<R, Q, Item>,
  witness: Witness,
): void {
  const stage = new NetworkStage(witness);

  describe('a network that fails', () => {
    stage.open(options);
    for (const fault of BENT) bent(stage, fault);
    for (const fault of LATE) late(stage, fault, witness);
    for (const fault of CLOGGED) clogged(stage, fault);
    for (const fault of BREAKS) broken(stage, fault);
    refused(stage);
    down(stage);
  });
}

function bent(stage: NetworkStage, { name, toxics }: (typeof BENT)[number]): void {
  stage.under(name, { timeoutMs: 10_000 }, (on) => {
    test.for(OPERATIONS)('%s succeeds', (operation, context) =>
      on(context, async ({ scene, adapter, disturb }) => {
        await disturb(toxics);
        const { error } = await timed(() => scene.call(operation)(adapter));
        expect(error).toBeUndefined();
      }),
    );
  });
}

function late(stage: NetworkStage, { name, toxics }: (typeof LATE)[number], witness: Witness): void {
  stage.under(name, {}, (on) => {
    test.for(OPERATIONS)('%s ends at its deadline, and what was sent is unknown', (operation, context) =>
      on(context, async ({ scene, adapter, disturb }) => {
        await disturb(toxics);
        const call = await timed(() => scene.call(operation)(adapter, { timeoutMs: DEADLINE_MS }));
        expect(scene.facts(call.error, name)).toEqual(LATE_ERROR);
        expectAtDeadline(call, DEADLINE_MS);
      }),
    );

    test('connect ends at its deadline', (context) =>
      on(context, async ({ scene, disturb }) => {
        const fresh = await scene.adapter();
        await disturb(toxics);
        const call = await timed(() => fresh.connect({ timeoutMs: DEADLINE_MS }));
        expect(scene.facts(call.error, name)).toMatchObject({ kind: 'timeout', retriable: true });
        expectAtDeadline(call, DEADLINE_MS);
      }));

    test('healthCheck tells within its deadline', (context) =>
      on(context, async ({ adapter, disturb }) => {
        await disturb(toxics);
        const call = await timed(() => adapter.healthCheck({ timeoutMs: DEADLINE_MS }));
        witness.examine(name, call.value);
        expect(call.value).toMatchObject({ status: 'unhealthy', error: { kind: 'timeout' } });
        expectInTime(call, DEADLINE_MS);
      }));
  });
}

function clogged(stage: NetworkStage, { name, toxics, operations }: (typeof CLOGGED)[number]): void {
  stage.under(name, {}, (on) => {
    test.for(operations)('%s of a large record ends at its deadline', (operation, context) =>
      on(context, async ({ scene, adapter, disturb }) => {
        const large = scene.largeRecord();
        if (operation.startsWith('retrieve')) await adapter.store(large, { timeoutMs: LONG_MS });
        await disturb(toxics);
        const call = await timed(() => scene.callWith(operation, large)(adapter, { timeoutMs: DEADLINE_MS }));
        expect(scene.facts(call.error, name)).toEqual(LATE_ERROR);
        expectAtDeadline(call, DEADLINE_MS);
      }),
    );
  });
}

function broken(stage: NetworkStage, { name, toxics, strike }: (typeof BREAKS)[number]): void {
  stage.under(name, { retry: { maxAttempts: 1 } }, (on) => {
    test.for(OPERATIONS)('%s fails with a connection error, outcome unknown', (operation, context) =>
      on(context, async ({ proxy, scene, adapter, disturb }) => {
        const sent = () => adapter.getMetrics().operations[operation]?.roundTrips ?? 0;
        const earlier = sent();
        await disturb(toxics);
        const calling = timed(() => scene.call(operation)(adapter, { timeoutMs: LONG_MS }));
        await vi.waitFor(() => expect(sent()).toBeGreaterThan(earlier), { timeout: LONG_MS, interval: 1 });
        await strike(proxy);
        const call = await calling;
        expect(scene.facts(call.error, name)).toEqual(LOST_ERROR);
        expectInTime(call, LONG_MS);
      }),
    );
  });
}

function refused(stage: NetworkStage): void {
  stage.under('connections refused', { retry: { maxAttempts: 3, baseDelayMs: 5 } }, (on) => {
    test.for(OPERATIONS)('%s fails with a connection error, nothing sent', (operation, context) =>
      on(context, async ({ proxy, scene, adapter, socketsBefore }) => {
        await proxy.cut();
        await untilClosed(socketsBefore);
        const call = await timed(() => scene.call(operation)(adapter, { timeoutMs: LONG_MS }));
        expect(scene.facts(call.error, 'refused')).toEqual(REFUSED_ERROR);
        expectInTime(call, LONG_MS);
      }),
    );

    test('connect fails with a connection error, nothing sent', (context) =>
      on(context, async ({ proxy, scene }) => {
        const fresh = await scene.adapter({ retry: { maxAttempts: 3, baseDelayMs: 5 } });
        await proxy.cut();
        const call = await timed(() => fresh.connect({ timeoutMs: LONG_MS }));
        expect(scene.facts(call.error, 'refused')).toEqual(REFUSED_ERROR);
        expectInTime(call, LONG_MS);
      }));
  });
}

function down(stage: NetworkStage): void {
  stage.under('down for 10 s', { retry: { maxAttempts: 1_000, baseDelayMs: 20, maxDelayMs: 200 } }, (on) => {
    test('a short deadline is kept, a long one outlasts it', { timeout: 60_000 }, (context) =>
      on(context, async ({ proxy, scene, adapter, socketsBefore }) => {
        await proxy.cut();
        await untilClosed(socketsBefore);
        const mended = delay(OUTAGE_MS).then(() => proxy.mend());
        const outlasting = scene.calls.map(([, call]) =>
          timed(() => call(adapter, { timeoutMs: OUTAGE_MS * 3 })),
        );
        for (const [operation, call] of scene.calls) {
          const short = await timed(() => call(adapter, { timeoutMs: DEADLINE_MS }));
          expect(scene.facts(short.error, 'down'), operation).toMatchObject({
            retriable: true,
            outcome: 'not_sent',
          });
          expectInTime(short, DEADLINE_MS);
        }
        await mended;
        for (const { error, elapsedMs } of await Promise.all(outlasting)) {
          expect(error).toBeUndefined();
          expect(elapsedMs).toBeGreaterThan(OUTAGE_MS / 2);
        }
      }),
    );
  });
}
