import type { Attempt } from './attempt.js';
import type { Call } from './call.js';
import type { CallOptions } from './options.js';
import type { Runner } from './runner.js';

/** The part of a backend that opens and closes. */
interface Openable {
  open(attempt: Attempt): Promise<void>;
  close(): Promise<void>;
}

/** An opening that several callers of `connect` share. */
interface Opening {
  /** Fires when no caller waits any more. */
  readonly signal: AbortSignal;
  /** The options of the first caller. */
  readonly options: CallOptions | undefined;
  /** The first caller's own call, which counts the attempts. */
  readonly opener: Call;
}

/** Opens a backend, with retries, for all callers that wait for it: the opening goes on while one of them waits, not only while the first does. */
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
    opener.roundTrips = call.roundTrips;
    opener.retries = call.retries;
    call.deadline.close();
    await opening.catch(() => {});
  }
}

async function openOnce(backend: Openable, attempt: Attempt): Promise<void> {
  try {
    await backend.open(attempt);
    if (attempt.aborted) throw attempt.reason;
  } catch (error) {
    await backend.close();
    throw error;
  }
}
