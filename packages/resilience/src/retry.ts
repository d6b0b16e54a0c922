import { ConstantBackoff, retry as cockatielRetry, handleWhen } from 'cockatiel';
import { abandonOn, sleep } from './abandon.js';
import { type Clock, systemClock } from './clock.js';
import type { Deadline } from './deadline.js';
import { DEFAULT_RETRIES } from './default-retries.js';

/**
 * What is known of a failed call's effect: `not_sent` never left this process, `rejected` was refused by the other
 * side, `unknown` was sent and never answered, so it may have been applied.
 */
export type Outcome = 'not_sent' | 'rejected' | 'unknown';

/** What a failed attempt means for the next one. */
export interface Verdict {
  /** Whether the same call may succeed a moment later. */
  readonly transient: boolean;
  readonly outcome: Outcome;
  /** Shortest pause that the other side asked for, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** How often and how fast. */
export interface RetryPolicy {
  /** Most attempts, the first included; default 3, 1 turns retries off. */
  readonly maxAttempts?: number | undefined;
  /** Upper bound of the first pause in milliseconds; doubles with each attempt; default 50. */
  readonly baseDelayMs?: number | undefined;
  /** Upper bound of any pause in milliseconds, save one the other side asks for; default 1 000. */
  readonly maxDelayMs?: number | undefined;
}

/** What `retry` needs to know. */
export interface RetryContext {
  readonly policy?: RetryPolicy | undefined;
  /** Bounds the attempts and the pauses together. */
  readonly deadline: Deadline;
  /** Whether attempts reject by themselves when the deadline's signal fires, so that they need not be abandoned; default false. */
  readonly attemptsHonourSignal?: boolean | undefined;
  /** Whether a call that may have been applied can be applied again and give the same answer. */
  readonly idempotent: boolean;
  /** Judges an attempt's error. */
  readonly classify: (error: unknown) => Verdict;
  /** Default: `systemClock`. */
  readonly clock?: Clock | undefined;
  /** Source of jitter in [0, 1); default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** One attempt. */
export interface RetryAttempt {
  /** Counts from 1. */
  readonly number: number;
  /** The deadline's signal. */
  readonly signal: AbortSignal;
}

/** The rule: a call may be repeated if and only if its fault is transient and a second application does no harm. */
export function mayRetry(verdict: Verdict, idempotent: boolean): boolean {
  return verdict.transient && (verdict.outcome !== 'unknown' || idempotent);
}

/** Most milliseconds that a pause leaves before the deadline; the next attempt may need more, which cannot be known. */
const MOST_KEPT_FREE_MS = 20;

/**
 * Runs until it succeeds, may not be repeated, has used its attempts or has no time for another pause; then rejects
 * with the last attempt's error. When the deadline's signal fires, rejects with its reason at once.
 */
export function retry<T>(run: (attempt: RetryAttempt) => Promise<T>, context: RetryContext): Promise<T> {
  const { deadline, clock = systemClock } = context;
  // Most calls end with their first attempt: it has one promise and no frame of an asynchronous function.
  return new Promise<T>((resolve, reject) => {
    deadline.throwIfOver();
    const startedAt = clock.now();
    let leave: (() => void) | undefined;
    const runMore = (error: unknown) => {
      leave?.();
      runAgain(run, context, { error, tookMs: clock.now() - startedAt }).then(resolve, reject);
    };
    let running: Promise<T>;
    try {
      running = run(new Attempt(1, deadline));
    } catch (error) {
      runMore(error);
      return;
    }
    if (!context.attemptsHonourSignal) leave = deadline.onAbort(() => reject(deadline.reason));
    running.then((value) => {
      leave?.();
      resolve(value);
    }, runMore);
  });
}

/** What follows a first attempt that failed; most calls have none and go without it. */
async function runAgain<T>(
  run: (attempt: RetryAttempt) => Promise<T>,
  context: RetryContext,
  first: { readonly error: unknown; readonly tookMs: number },
): Promise<T> {
  const { deadline, clock = systemClock, attemptsHonourSignal = false } = context;
  let failed = 0;
  let pauseMs = 0;
  let startedAt = 0;
  let longestMs = first.tookMs;

  const once = () => {
    deadline.throwIfOver();
    startedAt = clock.now();
    const running = run(new Attempt(failed + 1, deadline));
    return attemptsHonourSignal ? running : abandonOn(deadline, running);
  };

  const worthAnother = (error: unknown) => {
    failed += 1;
    if (failed > 1) longestMs = Math.max(longestMs, clock.now() - startedAt);
    if (deadline.aborted) return false;
    const verdict = context.classify(error);
    if (!mayRetry(verdict, context.idempotent)) return false;
    pauseMs = Math.max(pause(failed, context), verdict.retryAfterMs ?? 0);
    // An attempt that the deadline cuts off at once would only make the outcome unknown.
    return pauseMs + Math.min(longestMs, MOST_KEPT_FREE_MS) < deadline.remainingMs();
  };

  const more = (context.policy?.maxAttempts ?? DEFAULT_RETRIES.maxAttempts) - 1;
  if (!worthAnother(first.error) || more < 1) throw first.error;
  // The library counts and filters. It pauses without a clock or a signal, so its pause is zero and `sleep` pauses instead.
  const policy = cockatielRetry(handleWhen(worthAnother), {
    maxAttempts: more - 1,
    backoff: new ConstantBackoff(0),
  });
  return policy.execute(async () => {
    await sleep(pauseMs, deadline, clock);
    return once();
  });
}

class Attempt implements RetryAttempt {
  readonly number: number;
  readonly #deadline: Deadline;

  constructor(number: number, deadline: Deadline) {
    this.number = number;
    this.#deadline = deadline;
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }
}

/** Full jitter: anything up to the bound, so that many callers do not come back together. */
function pause(failed: number, { policy = {}, random = Math.random }: RetryContext): number {
  const { baseDelayMs = DEFAULT_RETRIES.baseDelayMs, maxDelayMs = DEFAULT_RETRIES.maxDelayMs } = policy;
  return random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (failed - 1));
}
