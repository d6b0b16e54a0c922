import { createHook } from 'node:async_hooks';
import type { CountedSubject } from './counted-subjects.js';

/** What one call makes, on average; the share of the server within this process is in it, and never changes by itself. */
export interface CallCounts {
  readonly promises: number;
  readonly timers: number;
  readonly requests: number;
  readonly bytesSent: number;
}

/** Operations that are counted. */
export const COUNTED_OPERATIONS = ['store', 'retrieve'] as const;
/** Calls at once that are counted. */
export const COUNTED_AT_ONCE = [1, 64] as const;

const IDS = Array.from({ length: 64 }, (_, index) => `record-${String(index).padStart(2, '0')}`);
const CALLS = 640;

/** Counts what the calls of an adapter make, by `store, 1 at once` and so on. */
export async function countCalls(subject: CountedSubject): Promise<Record<string, CallCounts>> {
  const { adapter, server } = subject;
  await adapter.connect();
  const counts: Record<string, CallCounts> = {};
  try {
    for (const operation of COUNTED_OPERATIONS)
      for (const atOnce of COUNTED_AT_ONCE) {
        // Connections are made and statements prepared before anything is counted.
        await makeCalls(subject, operation, atOnce);
        counts[`${operation}, ${atOnce} at once`] = await count(subject, operation, atOnce);
      }
  } finally {
    await adapter.disconnect();
    await server.close();
  }
  return counts;
}

async function count(
  subject: CountedSubject,
  operation: (typeof COUNTED_OPERATIONS)[number],
  atOnce: number,
): Promise<CallCounts> {
  const { server } = subject;
  const made = { PROMISE: 0, Timeout: 0 };
  const hook = createHook({
    init(_id, type) {
      if (type === 'PROMISE' || type === 'Timeout') made[type] += 1;
    },
  });
  const { requests, bytesReceived } = server;
  hook.enable();
  await makeCalls(subject, operation, atOnce);
  hook.disable();
  const perCall = (sum: number) => Math.round((sum / CALLS) * 10) / 10;
  return {
    promises: perCall(made.PROMISE),
    timers: perCall(made.Timeout),
    requests: Math.round(((server.requests - requests) / CALLS) * 1_000) / 1_000,
    bytesSent: perCall(server.bytesReceived - bytesReceived),
  };
}

/** So many calls, `atOnce` of them together, then the next; not by workers, whose pace would decide who shares a request. */
async function makeCalls(
  { adapter, recordOf }: CountedSubject,
  operation: (typeof COUNTED_OPERATIONS)[number],
  atOnce: number,
): Promise<void> {
  const call = (id: string): Promise<unknown> =>
    operation === 'store' ? adapter.store(recordOf(id) as never) : adapter.retrieve(id);
  for (let made = 0; made < CALLS; made += atOnce)
    await Promise.all(
      IDS.slice(made % IDS.length)
        .slice(0, atOnce)
        .map(call),
    );
}
