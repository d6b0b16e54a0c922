import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Breaker, BreakerOpenError } from './breaker.js';
import { ManualClock } from './manual-clock.fixture.js';

describe('Breaker', () => {
  let clock: ManualClock;
  beforeEach(() => {
    clock = new ManualClock();
  });

  const fail = () => Promise.reject(new Error('down'));

  test('opens after so many failures in a row, refuses, then lets one call through', async () => {
    const breaker = new Breaker({ failures: 2, cooldownMs: 1_000, clock });
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(breaker.open).toBe(false);
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(breaker.open).toBe(true);

    const call = vi.fn(async () => 'up');
    await expect(breaker.run(call)).rejects.toThrow(BreakerOpenError);
    expect(call).not.toHaveBeenCalled();

    clock.advance(999);
    await expect(breaker.run(call)).rejects.toThrow(BreakerOpenError);
    clock.advance(1);
    await expect(breaker.run(call)).resolves.toBe('up');
    expect(breaker.open).toBe(false);
  });

  test('a success in between starts the count again', async () => {
    const breaker = new Breaker({ failures: 2 });
    await expect(breaker.run(fail)).rejects.toThrow('down');
    await breaker.run(async () => 'up');
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(breaker.open).toBe(false);
  });

  test('what began before it opened neither closes nor opens it', async () => {
    const breaker = new Breaker({ failures: 1, cooldownMs: 1_000, clock });
    const ends: (() => void)[] = [];
    const under = ['up', 'down'].map((end) =>
      breaker.run(
        () =>
          new Promise((resolve, reject) => {
            ends.push(end === 'up' ? () => resolve(end) : () => reject(new Error(end)));
          }),
      ),
    );
    await expect(breaker.run(fail)).rejects.toThrow('down');
    clock.advance(1_000);
    for (const end of ends) end();
    expect((await Promise.allSettled(under)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(breaker.open).toBe(true);
    await expect(breaker.run(async () => 'up')).resolves.toBe('up');
    expect(breaker.open).toBe(false);
  });

  test('errors that are the caller’s own do not count', async () => {
    const breaker = new Breaker({ failures: 1, isFailure: () => false });
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(breaker.open).toBe(false);
  });

  test('while the one call is under way the others are refused, not kept waiting', async () => {
    const breaker = new Breaker({ failures: 1, cooldownMs: 1_000, clock });
    await expect(breaker.run(fail)).rejects.toThrow('down');
    clock.advance(1_000);
    let end: () => void = () => {};
    const probe = breaker.run(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    expect(breaker.open).toBe(true);
    await expect(breaker.run(async () => 'up')).rejects.toThrow(BreakerOpenError);
    end();
    await probe;
    await expect(breaker.run(async () => 'up')).resolves.toBe('up');
  });

  test.each([{ isInconclusive: true }, { isInconclusive: false }])(
    'a call that was given up after the cooldown, told as inconclusive: $isInconclusive',
    async ({ isInconclusive }) => {
      const isFailure = (error: unknown) => (error as Error).message === 'down';
      const breaker = new Breaker({
        failures: 1,
        cooldownMs: 1_000,
        clock,
        isFailure,
        isInconclusive: () => isInconclusive,
      });
      await expect(breaker.run(fail)).rejects.toThrow('down');
      clock.advance(1_000);
      await expect(breaker.run(() => Promise.reject(new Error('enough')))).rejects.toThrow('enough');
      expect(breaker.open).toBe(isInconclusive);
      clock.advance(1_000);
      await expect(breaker.run(async () => 'up')).resolves.toBe('up');
    },
  );
});
