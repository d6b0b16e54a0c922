import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Breaker, BreakerOpenError } from './breaker.js';

describe('Breaker', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const fail = () => Promise.reject(new Error('down'));

  test('opens after so many failures in a row, refuses, then lets one call through', async () => {
    const breaker = new Breaker({ failures: 2, cooldownMs: 1_000 });
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(breaker.open).toBe(false);
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(breaker.open).toBe(true);

    const call = vi.fn(async () => 'up');
    await expect(breaker.run(call)).rejects.toThrow(BreakerOpenError);
    expect(call).not.toHaveBeenCalled();

    vi.advanceTimersByTime(1_000);
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

  test('errors that are the caller’s own do not count', async () => {
    const breaker = new Breaker({ failures: 1, isFailure: () => false });
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(breaker.open).toBe(false);
  });
});
