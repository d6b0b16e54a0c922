import { describe, expect, test, vi } from 'vitest';
import { Deadline, DeadlineExceededError } from './deadline.js';
import { InstantClock, ManualClock } from './manual-clock.fixture.js';
import { mayRetry, type Outcome, type RetryContext, retry, type Verdict } from './retry.js';

class Fault extends Error {
  constructor(readonly verdict: Verdict) {
    super('fault');
  }
}

const transient = new Fault({ transient: true, outcome: 'not_sent' });
const permanent = new Fault({ transient: false, outcome: 'rejected' });

function context(overrides: Partial<RetryContext> = {}): RetryContext {
  return {
    deadline: new Deadline({ timeoutMs: 1e9 }),
    idempotent: true,
    classify: (error) => (error as Fault).verdict,
    clock: new InstantClock(),
    random: () => 0.5,
    ...overrides,
  };
}

describe('mayRetry', () => {
  const outcomes: Outcome[] = ['not_sent', 'rejected', 'unknown'];
  const rule = [true, false].flatMap((isTransient) =>
    outcomes.flatMap((outcome) =>
      [true, false].map((idempotent) => ({
        isTransient,
        outcome,
        idempotent,
        again: isTransient && !(outcome === 'unknown' && !idempotent),
      })),
    ),
  );

  test.each(rule)('transient $isTransient, $outcome, idempotent $idempotent: $again', (row) => {
    expect(mayRetry({ transient: row.isTransient, outcome: row.outcome }, row.idempotent)).toBe(row.again);
  });
});

describe('retry', () => {
  test('returns the first success and numbers the attempts from 1', async () => {
    const run = vi.fn(async ({ number }: { number: number }) => {
      if (number < 3) throw transient;
      return number;
    });
    await expect(retry(run, context())).resolves.toBe(3);
    expect(run.mock.calls.map(([attempt]) => attempt.number)).toEqual([1, 2, 3]);
  });

  test.each([1, 2, 5])('makes at most %i attempts and rejects with the last error', async (maxAttempts) => {
    const run = vi.fn(() => Promise.reject(transient));
    await expect(retry(run, context({ policy: { maxAttempts } }))).rejects.toBe(transient);
    expect(run).toHaveBeenCalledTimes(maxAttempts);
  });

  test('does not repeat what will not pass', async () => {
    const run = vi.fn(() => Promise.reject(permanent));
    await expect(retry(run, context())).rejects.toBe(permanent);
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('repeats what may have been applied only if it is idempotent', async () => {
    const unknown = new Fault({ transient: true, outcome: 'unknown' });
    const run = vi.fn(() => Promise.reject(unknown));
    await expect(retry(run, context({ idempotent: false }))).rejects.toBe(unknown);
    expect(run).toHaveBeenCalledTimes(1);
    await expect(retry(run, context({ idempotent: true }))).rejects.toBe(unknown);
    expect(run).toHaveBeenCalledTimes(4);
  });

  test('pauses double, with jitter, up to the cap', async () => {
    const clock = new InstantClock();
    const policy = { maxAttempts: 6, baseDelayMs: 100, maxDelayMs: 500 };
    await expect(retry(() => Promise.reject(transient), context({ clock, policy }))).rejects.toBe(transient);
    expect(clock.pauses).toEqual([50, 100, 200, 250, 250]);
  });

  test('waits as long as the other side asks', async () => {
    const clock = new InstantClock();
    const busy = new Fault({ transient: true, outcome: 'rejected', retryAfterMs: 3_000 });
    await expect(
      retry(() => Promise.reject(busy), context({ clock, policy: { maxAttempts: 2 } })),
    ).rejects.toBe(busy);
    expect(clock.pauses).toEqual([3_000]);
  });

  test('gives up at once when the pause would outlive the deadline', async () => {
    const clock = new ManualClock();
    const deadline = new Deadline({ timeoutMs: 40, clock });
    const run = vi.fn(() => Promise.reject(transient));
    const policy = { baseDelayMs: 100 };
    await expect(retry(run, context({ clock, deadline, policy }))).rejects.toBe(transient);
    expect(run).toHaveBeenCalledTimes(1);
    deadline.close();
  });

  test.each([
    { attemptMs: 5, pauseMs: 85, timeoutMs: 94, attempts: 1 },
    { attemptMs: 5, pauseMs: 85, timeoutMs: 96, attempts: 2 },
    { attemptMs: 400, pauseMs: 60, timeoutMs: 475, attempts: 1 },
    { attemptMs: 400, pauseMs: 60, timeoutMs: 485, attempts: 2 },
  ])('leaves room for an attempt like the last: $attemptMs ms of $timeoutMs', async (row) => {
    const clock = new ManualClock();
    const run = vi.fn(async () => {
      clock.advance(row.attemptMs);
      throw transient;
    });
    const deadline = new Deadline({ timeoutMs: row.timeoutMs, clock });
    const policy = { maxAttempts: 2, baseDelayMs: row.pauseMs, maxDelayMs: row.pauseMs };
    let hasEnded = false;
    const finished = retry(run, context({ clock, deadline, policy, random: () => 1 })).catch(() => {
      hasEnded = true;
    });
    // The deadline's timer, and that of the pause if it makes one.
    await vi.waitFor(() => expect(hasEnded || clock.pending === 2).toBe(true));
    clock.advance(row.pauseMs);
    await finished;
    expect(run).toHaveBeenCalledTimes(row.attempts);
  });

  test('an attempt that never settles ends at the deadline', async () => {
    const clock = new ManualClock();
    const deadline = new Deadline({ timeoutMs: 40, clock });
    const result = retry(() => new Promise<never>(() => {}), context({ clock, deadline }));
    clock.advance(40);
    await expect(result).rejects.toEqual(new DeadlineExceededError(40));
  });

  test('an abort during the pause ends it, leaving no timer', async () => {
    const clock = new ManualClock();
    const caller = new AbortController();
    const deadline = new Deadline({ timeoutMs: 1_000, signals: [caller.signal], clock });
    const run = vi.fn(() => Promise.reject(transient));
    const result = retry(run, context({ clock, deadline }));
    result.catch(() => {});
    await vi.waitFor(() => expect(clock.pending).toBe(2));
    caller.abort('enough');
    await expect(result).rejects.toBe('enough');
    expect(run).toHaveBeenCalledTimes(1);
    deadline.close();
    expect(clock.pending).toBe(0);
  });

  test('does not run at all when the signal has fired before', async () => {
    const deadline = new Deadline({ timeoutMs: 1_000, signals: [AbortSignal.abort('before')] });
    const run = vi.fn(async () => 'never');
    await expect(retry(run, context({ deadline }))).rejects.toBe('before');
    expect(run).not.toHaveBeenCalled();
  });

  test('the rejection of an abandoned attempt is taken care of', async () => {
    const unhandled = vi.fn();
    process.once('unhandledRejection', unhandled);
    const caller = new AbortController();
    const deadline = new Deadline({ timeoutMs: 1_000, signals: [caller.signal] });
    let fail: (error: Error) => void = () => {};
    const result = retry(
      () =>
        new Promise<never>((_, reject) => {
          fail = reject;
        }),
      context({ deadline }),
    );
    caller.abort('enough');
    await expect(result).rejects.toBe('enough');
    fail(new Error('late'));
    await new Promise((resolve) => setImmediate(resolve));
    process.removeListener('unhandledRejection', unhandled);
    deadline.close();
    expect(unhandled).not.toHaveBeenCalled();
  });
});
