import { describe, expect, test, vi } from 'vitest';
import { Bulkhead } from './bulkhead.js';
import { Deadline } from './deadline.js';
import { ManualClock } from './manual-clock.fixture.js';

const never = new AbortController();
const over = new AbortController();
over.abort(new Error('before'));

function openCall() {
  let end: () => void = () => {};
  const call = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  return { call, end: () => end() };
}

describe('Bulkhead', () => {
  test('lets in as many as it holds; the next comes in when one leaves', async () => {
    const bulkhead = new Bulkhead(2);
    const calls = [openCall(), openCall(), openCall()];
    const results = calls.map(({ call }) => bulkhead.run(never, call));
    expect(calls.map(({ call }) => call.mock.calls.length)).toEqual([1, 1, 0]);
    calls[0]?.end();
    await vi.waitFor(() => expect(calls[2]?.call).toHaveBeenCalledTimes(1));
    calls[1]?.end();
    calls[2]?.end();
    await Promise.all(results);
  });

  test('who gives up in the waiting is told at once, and is not run later', async () => {
    const bulkhead = new Bulkhead(1);
    const [first, second, third] = [openCall(), openCall(), openCall()];
    const running = bulkhead.run(never, first.call);
    const controller = new AbortController();
    const waiting = bulkhead.run(controller, second.call);
    const last = bulkhead.run(never, third.call);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    first.end();
    await running;
    await vi.waitFor(() => expect(third.call).toHaveBeenCalledTimes(1));
    third.end();
    await last;
    expect(second.call).not.toHaveBeenCalled();
  });

  test('a call that is inside is not abandoned: its result counts', async () => {
    const bulkhead = new Bulkhead(1);
    const controller = new AbortController();
    const { call, end } = openCall();
    const running = bulkhead.run(controller, call);
    controller.abort(new Error('enough'));
    end();
    await expect(running).resolves.toBeUndefined();
  });

  test('a failure leaves its place as well', async () => {
    const bulkhead = new Bulkhead(1);
    await expect(bulkhead.run(never, () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    await expect(bulkhead.run(never, async () => 'up')).resolves.toBe('up');
  });

  test('runs nothing for a signal that has fired or a deadline that has passed', async () => {
    const bulkhead = new Bulkhead(1);
    const call = vi.fn(async () => {});
    await expect(bulkhead.run(over, call)).rejects.toThrow('before');
    const clock = new ManualClock();
    const deadline = new Deadline({ timeoutMs: 100, clock });
    clock.advance(100);
    await expect(bulkhead.run(deadline, call)).rejects.toThrow('100 ms');
    expect(call).not.toHaveBeenCalled();
  });
});
