import { expect, vi } from 'vitest';

const SETTLE_MS = 5_000;

/** Kinds of resources that an adapter opens. */
const SOCKETS: ReadonlySet<string> = new Set(['TCPSocketWrap', 'TLSWrap', 'TCPConnectWrap', 'PipeWrap']);

/** How many sockets keep this process alive. */
export function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => SOCKETS.has(kind)).length;
}

/** Settles when no more sockets are open than before. */
export async function untilClosed(before: number): Promise<void> {
  await vi.waitFor(() => expect(openSockets()).toBeLessThanOrEqual(before), {
    timeout: SETTLE_MS,
    interval: 5,
  });
}
