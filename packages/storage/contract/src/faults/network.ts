import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { expectAtDeadline, expectInTime, timed } from './deadline.js';
import { untilClosed } from './handles.js';
import type { LeakDetector } from './leak-detector.js';
import { BENT, BREAKS, CLOGGED, LATE } from './network-faults.js';
import type { StorageFaultsOptions } from './options.js';
import { ProxyFixture } from './proxy-fixture.js';
import { OPERATIONS } from './server-under-test.js';

const DEADLINE_MS = 400;
const LONG_MS = 5_000;
const OUTAGE_MS = 10_000;
const LATE_ERROR = { kind: 'timeout', retriable: true, outcome: 'unknown', attempts: 1 } as const;
const LOST_ERROR = { kind: 'connection', retriable: true, outcome: 'unknown', attempts: 1 } as const;
const REFUSED_ERROR = { kind: 'connection', retriable: true, outcome: 'not_sent', attempts: 3 } as const;

/** A network that fails between the adapter and a real server. */
export function networkFaults<R extends StorageRecord, Q extends StorageQuery, Item>(
  options: StorageFaultsOptions<R, Q, Item>,
  detector: LeakDetector,
): void {
  const fixture = new ProxyFixture(detector);

  describe('a network that fails', () => {
    fixture.open(options);
    for (const fault of BENT) bent(fixture, fault);
    for (const fault of LATE) late(fixture, fault, detector);
    for (const fault of CLOGGED) clogged(fixture, fault);
    for (const fault of BREAKS) broken(fixture, fault);
    refused(fixture);
    down(fixture);
  });
}

function bent(fixture: ProxyFixture, { name, toxics }: (typeof BENT)[number]): void {
  fixture.under(name, { timeoutMs: 10_000 }, (run) => {
    test.for(OPERATIONS)('%s succeeds', (operation, context) =>
      run(context, async ({ subject, adapter, disturb }) => {
        await disturb(toxics);
        const { error } = await timed(() => subject.call(operation)(adapter));
        expect(error).toBeUndefined();
      }),
    );
  });
}

function late(fixture: ProxyFixture, { name, toxics }: (typeof LATE)[number], detector: LeakDetector): void {
  fixture.under(name, {}, (run) => {
    test.for(OPERATIONS)('%s ends at its deadline, and what was sent is unknown', (operation, context) =>
      run(context, async ({ subject, adapter, disturb }) => {
        await disturb(toxics);
        const call = await timed(() => subject.call(operation)(adapter, { timeoutMs: DEADLINE_MS }));
        expect(subject.facts(call.error, name)).toEqual(LATE_ERROR);
        expectAtDeadline(call, DEADLINE_MS);
      }),
    );

    test('connect ends at its deadline', (context) =>
      run(context, async ({ subject, disturb }) => {
        const fresh = await subject.adapter();
        await disturb(toxics);
        const call = await timed(() => fresh.connect({ timeoutMs: DEADLINE_MS }));
        expect(subject.facts(call.error, name)).toMatchObject({ kind: 'timeout', retriable: true });
        expectAtDeadline(call, DEADLINE_MS);
      }));

    test('healthCheck tells within its deadline', (context) =>
      run(context, async ({ adapter, disturb }) => {
        await disturb(toxics);
        const call = await timed(() => adapter.healthCheck({ timeoutMs: DEADLINE_MS }));
        detector.examine(name, call.value);
        expect(call.value).toMatchObject({ status: 'unhealthy', error: { kind: 'timeout' } });
        expectInTime(call, DEADLINE_MS);
      }));
  });
}

function clogged(fixture: ProxyFixture, { name, toxics, operations }: (typeof CLOGGED)[number]): void {
  fixture.under(name, {}, (run) => {
    test.for(operations)('%s of a large record ends at its deadline', (operation, context) =>
      run(context, async ({ subject, adapter, disturb }) => {
        const large = subject.largeRecord();
        if (operation.startsWith('retrieve')) await adapter.store(large, { timeoutMs: LONG_MS });
        await disturb(toxics);
        const call = await timed(() =>
          subject.callWith(operation, large)(adapter, { timeoutMs: DEADLINE_MS }),
        );
        expect(subject.facts(call.error, name)).toEqual(LATE_ERROR);
        expectAtDeadline(call, DEADLINE_MS);
      }),
    );
  });
}

function broken(fixture: ProxyFixture, { name, toxics, strike }: (typeof BREAKS)[number]): void {
  fixture.under(name, { retry: { maxAttempts: 1 } }, (run) => {
    test.for(OPERATIONS)('%s fails with a connection error, outcome unknown', (operation, context) =>
      run(context, async ({ proxy, subject, adapter, disturb }) => {
        const sent = () => adapter.getMetrics().operations[operation]?.roundTrips ?? 0;
        const earlier = sent();
        await disturb(toxics);
        const calling = timed(() => subject.call(operation)(adapter, { timeoutMs: LONG_MS }));
        await vi.waitFor(() => expect(sent()).toBeGreaterThan(earlier), { timeout: LONG_MS, interval: 1 });
        await strike(proxy);
        const call = await calling;
        expect(subject.facts(call.error, name)).toEqual(LOST_ERROR);
        expectInTime(call, LONG_MS);
      }),
    );
  });
}

function refused(fixture: ProxyFixture): void {
  fixture.under('connections refused', { retry: { maxAttempts: 3, baseDelayMs: 5 } }, (run) => {
    test.for(OPERATIONS)('%s fails with a connection error, nothing sent', (operation, context) =>
      run(context, async ({ proxy, subject, adapter, socketsBefore }) => {
        await proxy.cut();
        await untilClosed(socketsBefore);
        const call = await timed(() => subject.call(operation)(adapter, { timeoutMs: LONG_MS }));
        expect(subject.facts(call.error, 'refused')).toEqual(REFUSED_ERROR);
        expectInTime(call, LONG_MS);
      }),
    );

    test('connect fails with a connection error, nothing sent', (context) =>
      run(context, async ({ proxy, subject }) => {
        const fresh = await subject.adapter({ retry: { maxAttempts: 3, baseDelayMs: 5 } });
        await proxy.cut();
        const call = await timed(() => fresh.connect({ timeoutMs: LONG_MS }));
        expect(subject.facts(call.error, 'refused')).toEqual(REFUSED_ERROR);
        expectInTime(call, LONG_MS);
      }));
  });
}

function down(fixture: ProxyFixture): void {
  fixture.under(
    'down for 10 s',
    { retry: { maxAttempts: 1_000, baseDelayMs: 20, maxDelayMs: 200 } },
    (run) => {
      test('a short deadline is kept, a long one outlasts it', { timeout: 60_000 }, (context) =>
        run(context, async ({ proxy, subject, adapter, socketsBefore }) => {
          await proxy.cut();
          await untilClosed(socketsBefore);
          const restored = delay(OUTAGE_MS).then(() => proxy.restore());
          const outlasting = subject.calls.map(([, call]) =>
            timed(() => call(adapter, { timeoutMs: OUTAGE_MS * 3 })),
          );
          for (const [operation, call] of subject.calls) {
            const short = await timed(() => call(adapter, { timeoutMs: DEADLINE_MS }));
            expect(subject.facts(short.error, 'down'), operation).toMatchObject({
              retriable: true,
              outcome: 'not_sent',
            });
            expectInTime(short, DEADLINE_MS);
          }
          await restored;
          for (const { error, elapsedMs } of await Promise.all(outlasting)) {
            expect(error).toBeUndefined();
            expect(elapsedMs).toBeGreaterThan(OUTAGE_MS / 2);
          }
        }),
      );
    },
  );
}
