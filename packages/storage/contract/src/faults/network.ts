import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { StorageQuery, StorageRecord } from '../records/record.js';
import { expectAtDeadline, expectInTime, timed } from './deadline.js';
import { untilClosed } from './handles.js';
import type { LeakDetector } from './leak-detector.js';
import { BROKEN, NARROW, type NetworkFault, SLOW, STALLED } from './network-faults.js';
import type { StorageFaultsOptions } from './options.js';
import { ProxyFixture } from './proxy-fixture.js';
import { OPERATIONS } from './server-under-test.js';

const DEADLINE_MS = 400;
const LONG_MS = 5_000;
const OUTAGE_MS = 10_000;
const TIMEOUT_ERROR = { kind: 'timeout', retriable: true, outcome: 'unknown', attempts: 1 } as const;
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
    for (const fault of SLOW) slow(fixture, fault);
    for (const fault of STALLED) stalled(fixture, fault, detector);
    for (const fault of NARROW) narrow(fixture, fault);
    for (const fault of BROKEN) broken(fixture, fault);
    refused(fixture);
    down(fixture);
  });
}

function slow(fixture: ProxyFixture, { name, toxics }: NetworkFault): void {
  fixture.under(name, { timeoutMs: 10_000 }, (run) => {
    test.for(OPERATIONS)(`%s succeeds with ${name}`, (operation, context) =>
      run(context, async ({ subject, adapter, disturb }) => {
        await disturb(toxics);
        const { error } = await timed(() => subject.call(operation)(adapter));
        expect(error).toBeUndefined();
      }),
    );
  });
}

function stalled(fixture: ProxyFixture, { name, toxics }: NetworkFault, detector: LeakDetector): void {
  fixture.under(name, {}, (run) => {
    test.for(OPERATIONS)(`%s ends at its deadline with ${name}, outcome unknown`, (operation, context) =>
      run(context, async ({ subject, adapter, disturb }) => {
        await disturb(toxics);
        const call = await timed(() => subject.call(operation)(adapter, { timeoutMs: DEADLINE_MS }));
        expect(subject.facts(call.error, name)).toEqual(TIMEOUT_ERROR);
        expectAtDeadline(call, DEADLINE_MS);
      }),
    );

    test(`connect ends at its deadline with ${name}`, (context) =>
      run(context, async ({ subject, disturb }) => {
        const fresh = await subject.adapter();
        await disturb(toxics);
        const call = await timed(() => fresh.connect({ timeoutMs: DEADLINE_MS }));
        expect(subject.facts(call.error, name)).toMatchObject({ kind: 'timeout', retriable: true });
        expectAtDeadline(call, DEADLINE_MS);
      }));

    test(`healthCheck reports ${name} within its deadline`, (context) =>
      run(context, async ({ adapter, disturb }) => {
        await disturb(toxics);
        const call = await timed(() => adapter.healthCheck({ timeoutMs: DEADLINE_MS }));
        detector.examine(name, call.value);
        expect(call.value).toMatchObject({ status: 'unhealthy', error: { kind: 'timeout' } });
        expectInTime(call, DEADLINE_MS);
      }));
  });
}

function narrow(fixture: ProxyFixture, { name, toxics, operations }: (typeof NARROW)[number]): void {
  fixture.under(name, {}, (run) => {
    test.for(operations)(`%s of a large record ends at its deadline with ${name}`, (operation, context) =>
      run(context, async ({ subject, adapter, disturb }) => {
        const large = subject.largeRecord();
        if (operation.startsWith('retrieve')) await adapter.store(large, { timeoutMs: LONG_MS });
        await disturb(toxics);
        const call = await timed(() =>
          subject.callWith(operation, large)(adapter, { timeoutMs: DEADLINE_MS }),
        );
        expect(subject.facts(call.error, name)).toEqual(TIMEOUT_ERROR);
        expectAtDeadline(call, DEADLINE_MS);
      }),
    );
  });
}

function broken(fixture: ProxyFixture, { name, toxics, strike }: (typeof BROKEN)[number]): void {
  fixture.under(name, { retry: { maxAttempts: 1 } }, (run) => {
    test.for(OPERATIONS)(`%s has an unknown outcome after ${name}`, (operation, context) =>
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
    test.for(OPERATIONS)('%s fails when connections are refused, nothing sent', (operation, context) =>
      run(context, async ({ proxy, subject, adapter, socketsBefore }) => {
        await proxy.cut();
        await untilClosed(socketsBefore);
        const call = await timed(() => subject.call(operation)(adapter, { timeoutMs: LONG_MS }));
        expect(subject.facts(call.error, 'refused')).toEqual(REFUSED_ERROR);
        expectInTime(call, LONG_MS);
      }),
    );

    test('connect fails when connections are refused, nothing sent', (context) =>
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
  const options = { retry: { maxAttempts: 1_000, baseDelayMs: 20, maxDelayMs: 200 } };
  fixture.under('down for 10 s', options, (run) => {
    test('a short deadline is kept in an outage, a long one outlasts it', { timeout: 60_000 }, (context) =>
      run(context, async ({ proxy, subject, adapter, socketsBefore }) => {
        await proxy.cut();
        await untilClosed(socketsBefore);
        const restored = delay(OUTAGE_MS).then(() => proxy.restore());
        const outlasting = subject.calls.map(([, call]) =>
          timed(() => call(adapter, { timeoutMs: OUTAGE_MS * 3 })),
        );
        for (const [operation, call] of subject.calls) {
          const short = await timed(() => call(adapter, { timeoutMs: DEADLINE_MS }));
          const facts = subject.facts(short.error, 'down');
          expect(facts, operation).toMatchObject({ retriable: true, outcome: 'not_sent' });
          expectInTime(short, DEADLINE_MS);
        }
        await restored;
        for (const { error, elapsedMs } of await Promise.all(outlasting)) {
          expect(error).toBeUndefined();
          expect(elapsedMs).toBeGreaterThan(OUTAGE_MS / 2);
        }
      }),
    );
  });
}
