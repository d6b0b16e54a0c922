import type { StatementFault } from './faults.js';
import type { WireError } from './messages.js';

/** What a cancelled statement answers. */
export const CANCELLED: WireError = {
  severity: 'ERROR',
  code: '57014',
  message: 'canceling statement due to user request',
};

const TIMED_OUT: WireError = { ...CANCELLED, message: 'canceling statement due to statement timeout' };

/** Waits as a statement behind a lock does: rejects with what ends it, a signal's reason or a timeout of 1 ms and more. */
export async function hold(
  { released, reached }: StatementFault & { kind: 'hold' },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    if (timeoutMs > 0) timer = setTimeout(() => reject(TIMED_OUT), timeoutMs);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  reached();
  await Promise.race([released, ended]).finally(() => clearTimeout(timer));
}
