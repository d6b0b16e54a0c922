import type { Attempt } from './attempt.js';
import type { Call } from './call.js';
import type { CallOptions } from './options.js';
import type { Runner } from './runner.js';

/** What has to be opened and closed. */
interface Openable {
  open(attempt: Attempt): Promise<void>;
  close(): Promise<void>;
}

/** Who opens. */
interface Opening {
  /** Fires when nobody waits any more. */
  readonly signal: AbortSignal;
  /** Of the caller who came first. */
  readonly options: CallOptions | undefined;
  /** That caller's own call, which counts the attempts. */
  readonly opener: Call;
}

/** Opens a backend, with retries, for every caller who waits for it: it lives as long as one of them does, not as long as the first. */
export async function openShared(
  backend: Openable,
  runner: Runner,
  { signal, options, opener }: Opening,
): Promise<void> {
  const timeoutMs = Math.max(runner.timeoutMs(options), runner.timeoutMs(undefined));
  const call = runner.call('connect', timeoutMs, [signal]);
  let opening: Promise<void> = Promise.resolve();
  const send = (attempt: Attempt) => {
    opener.attempts += 1;
    opening = openOnce(backend, attempt);
    return opening;
  };
  try {
    await call.request(send, { idempotent: true });
  } finally {
    Object.assign(opener.spent, call.spent);
    call.deadline.close();
    await opening.catch(() => {});
  }
}

async function openOnce(backend: Openable, attempt: Attempt): Promise<void> {
  try {
    await backend.open(attempt);
    attempt.signal.throwIfAborted();
  } catch (error) {
    await backend.close();
    throw error;
  }
}
