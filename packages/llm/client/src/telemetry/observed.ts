import type { AttemptEnd, AttemptStart, Telemetry } from './telemetry.js';

type Ended = (end: AttemptEnd) => unknown;

/** Sends one request within what listens to it, and settles as the request does: whatever listens may fail, and then goes without. */
export function observed<T>(
  telemetry: Telemetry,
  start: AttemptStart,
  send: (ended: Ended) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve) => {
    let sent: Promise<T> | undefined;
    const once = (ended?: Ended): Promise<T> => {
      sent ??= send((end) => quietly(() => ended?.(end)));
      resolve(sent);
      return sent;
    };
    // It may have failed, or ended, before it sent anything.
    quietly(() => telemetry.attempt(start, once)).then(() => quietly(once));
  });
}

/** What listens may be asynchronous where its type says nothing of it, and nobody else would hear of its rejection. */
async function quietly(tell: () => unknown): Promise<void> {
  try {
    await tell();
  } catch {
    // Nothing of a call depends on it.
  }
}
