import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { Deadline, DeadlineExceededError, whenAborted } from './deadline.js';
import { ManualClock } from './manual-clock.fixture.js';

describe('Deadline', () => {
  test('counts down and fires once, with its own reason', () => {
    const clock = new ManualClock();
    const deadline = new Deadline({ timeoutMs: 100, clock });
    clock.advance(60);
    expect(deadline.remainingMs()).toBe(40);
    expect(deadline.signal.aborted).toBe(false);
    clock.advance(60);
    expect(deadline.remainingMs()).toBe(0);
    expect(deadline.signal.reason).toEqual(new DeadlineExceededError(100));
    expect(deadline.exceeded).toBe(true);
  });

  test.each(['its time', 'the caller'])(
    'who waits for its signal is called once, by %s, unless they left',
    (end) => {
      const clock = new ManualClock();
      const caller = new AbortController();
      const deadline = new Deadline({ timeoutMs: 100, signals: [caller.signal], clock });
      const [waiting, left] = [vi.fn(), vi.fn()];
      whenAborted(deadline.signal, waiting);
      whenAborted(deadline.signal, left)();
      if (end === 'the caller') caller.abort('enough');
      clock.advance(101);
      caller.abort('too late');
      expect([waiting.mock.calls.length, left.mock.calls.length]).toEqual([1, 0]);
      whenAborted(deadline.signal, waiting);
      expect(waiting).toHaveBeenCalledTimes(2);
    },
  );

  test('passes on the reason of the signal that fired first', () => {
    const caller = new AbortController();
    const deadline = new Deadline({
      timeoutMs: 100,
      signals: [undefined, caller.signal],
      clock: new ManualClock(),
    });
    caller.abort('enough');
    expect(deadline.signal.reason).toBe('enough');
    expect(deadline.exceeded).toBe(false);
  });

  test('is over at once when a signal has fired before, and starts no timer', () => {
    const clock = new ManualClock();
    const deadline = new Deadline({ timeoutMs: 100, signals: [AbortSignal.abort('before')], clock });
    expect(deadline.signal.reason).toBe('before');
    expect(clock.pending).toBe(0);
  });

  test('many calls share one signal without a warning', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    const caller = new AbortController();
    const deadlines = Array.from(
      { length: 50 },
      () => new Deadline({ timeoutMs: 100, signals: [caller.signal], clock: new ManualClock() }),
    );
    expect(deadlines.every(({ signal }) => !signal.aborted)).toBe(true);
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(50);
    await new Promise((resolve) => setImmediate(resolve));
    process.removeListener('warning', warned);
    for (const deadline of deadlines) deadline.close();
    expect(warned).not.toHaveBeenCalled();
  });

  test('starts nothing before somebody listens', () => {
    const clock = new ManualClock();
    const caller = new AbortController();
    const deadline = new Deadline({ timeoutMs: 100, signals: [caller.signal], clock });
    deadline.throwIfOver();
    expect(clock.pending).toBe(0);
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0);
    clock.advance(60);
    const { signal } = deadline;
    clock.advance(39);
    expect(signal.aborted).toBe(false);
    clock.advance(1);
    expect(signal.reason).toEqual(new DeadlineExceededError(100));
  });

  test('tells that it is over though nobody listened', () => {
    const clock = new ManualClock();
    const caller = new AbortController();
    const options = { timeoutMs: 100, signals: [caller.signal], clock };
    const given = new Deadline(options);
    caller.abort(new Error('enough'));
    expect(() => given.throwIfOver()).toThrow('enough');
    expect(given.exceeded).toBe(false);
  });

  test('is over at its time though nobody listened, and before a timer could tell', () => {
    const clock = new ManualClock();
    const deadline = new Deadline({ timeoutMs: 100, clock });
    clock.advance(100);
    expect(() => deadline.throwIfOver()).toThrow(new DeadlineExceededError(100));
    expect(clock.pending).toBe(0);
    const late = new Deadline({ timeoutMs: 100, clock });
    clock.advance(100);
    expect(late.signal.reason).toEqual(new DeadlineExceededError(100));
  });

  test('is over at its time though its timer is late', () => {
    let now = 0;
    const deadline = new Deadline({ timeoutMs: 100, clock: { now: () => now, schedule: () => () => {} } });
    expect(deadline.signal.aborted).toBe(false);
    now = 100;
    expect(() => deadline.throwIfOver()).toThrow(new DeadlineExceededError(100));
    expect(deadline.signal.aborted).toBe(true);
  });

  test('is found by its signal until it is closed', () => {
    const deadline = new Deadline({ timeoutMs: 100, clock: new ManualClock() });
    expect(Deadline.of(deadline.signal)).toBe(deadline);
    expect(Deadline.of(new AbortController().signal)).toBeUndefined();
    deadline.close();
    expect(Deadline.of(deadline.signal)).toBeUndefined();
  });

  test('starts nothing once it is closed', () => {
    const clock = new ManualClock();
    const caller = new AbortController();
    const deadline = new Deadline({ timeoutMs: 100, signals: [caller.signal], clock });
    deadline.close();
    expect(deadline.signal.aborted).toBe(false);
    expect(clock.pending).toBe(0);
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0);
  });

  test('leaves neither timer nor listener behind', () => {
    const clock = new ManualClock();
    const caller = new AbortController();
    const deadline = new Deadline({ timeoutMs: 100, signals: [caller.signal], clock });
    expect(deadline.signal.aborted).toBe(false);
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(1);
    deadline.close();
    expect(clock.pending).toBe(0);
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0);
  });
});
