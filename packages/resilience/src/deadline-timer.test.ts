import { expect, test, vi } from 'vitest';
import { Deadline, DeadlineExceededError } from './deadline.js';
import { ManualClock } from './manual-clock.fixture.js';

test('many deadlines of a clock share one timer, and each fires at its own time', () => {
  const clock = new ManualClock();
  const fired: number[] = [];
  const deadlines = [300, 100, 200, 100].map((timeoutMs) => {
    const deadline = new Deadline({ timeoutMs, clock });
    deadline.onAbort(() => fired.push(timeoutMs));
    return deadline;
  });
  expect(clock.pending).toBe(1);
  clock.advance(100);
  expect(fired).toEqual([100, 100]);
  clock.advance(99);
  expect(fired).toEqual([100, 100]);
  clock.advance(1);
  clock.advance(100);
  expect(fired).toEqual([100, 100, 200, 300]);
  expect(deadlines[0]?.reason).toEqual(new DeadlineExceededError(300));
  expect(clock.pending).toBe(0);
});

test('there is no timer once all have been closed, and a new deadline starts one', () => {
  const clock = new ManualClock();
  const deadlines = [100, 200].map((timeoutMs) => new Deadline({ timeoutMs, clock }));
  for (const deadline of deadlines) deadline.onAbort(() => {});
  deadlines[0]?.close();
  expect(clock.pending).toBe(1);
  deadlines[1]?.close();
  expect(clock.pending).toBe(0);
  const fired = vi.fn();
  new Deadline({ timeoutMs: 50, clock }).onAbort(fired);
  clock.advance(50);
  expect(fired).toHaveBeenCalledTimes(1);
});

test('a deadline that begins when another ends is not forgotten', () => {
  const clock = new ManualClock();
  const fired = vi.fn();
  new Deadline({ timeoutMs: 500, clock }).onAbort(() => {});
  new Deadline({ timeoutMs: 100, clock }).onAbort(() => {
    new Deadline({ timeoutMs: 10, clock }).onAbort(fired);
  });
  clock.advance(100);
  clock.advance(10);
  expect(fired).toHaveBeenCalledTimes(1);
});

test('whoever ends a deadline gives the reason; a closed one ends no more', () => {
  const deadline = new Deadline({ timeoutMs: 100, clock: new ManualClock() });
  const heard = vi.fn();
  deadline.onAbort(heard);
  deadline.abort('enough');
  expect([deadline.aborted, deadline.reason, deadline.exceeded]).toEqual([true, 'enough', false]);
  expect(deadline.signal.reason).toBe('enough');
  expect(heard).toHaveBeenCalledTimes(1);
  const closed = new Deadline({ timeoutMs: 100, clock: new ManualClock() });
  closed.close();
  closed.abort('late');
  expect(closed.aborted).toBe(false);
});
