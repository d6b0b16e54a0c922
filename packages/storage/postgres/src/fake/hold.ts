import { abandonOn } from '@drydock/resilience';
import type { WireError } from './messages.js';

/** The error of a statement that was cancelled. */
export const CANCELLED: WireError = {
  severity: 'ERROR',
  code: '57014',
  message: 'canceling statement due to user request',
};

const TIMED_OUT: WireError = { ...CANCELLED, message: 'canceling statement due to statement timeout' };

/** Waits as a statement behind a lock does; rejects with the signal's reason, or at a timeout of 1 ms and more. */
export async function hold(released: Promise<void>, timeoutMs: number, signal: AbortSignal): Promise<void> {
  const timeout = new AbortController();
  const timer = timeoutMs > 0 ? setTimeout(() => timeout.abort(TIMED_OUT), timeoutMs) : undefined;
  await abandonOn(AbortSignal.any([signal, timeout.signal]), released).finally(() => clearTimeout(timer));
}
