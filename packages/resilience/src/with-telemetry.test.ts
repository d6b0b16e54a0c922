import { expect, test, vi } from 'vitest';
import { observed } from './with-telemetry.js';
import { BROKEN_LISTENERS } from './testing/index.js';

test('the call runs at once, within what listens, and tells it how it ended', async () => {
  const steps: string[] = [];
  const result = observed<string, string>(
    async (run) => {
      steps.push('listening');
      await run((end) => steps.push(end));
      steps.push('heard');
    },
    async (ended) => {
      steps.push('running');
      await Promise.resolve();
      ended('ended');
      return 'result';
    },
  );
  expect(steps).toEqual(['listening', 'running']);
  expect(await result).toBe('result');
  await vi.waitFor(() => expect(steps).toEqual(['listening', 'running', 'ended', 'heard']));
});

test.each(BROKEN_LISTENERS)(
  'a listener that %s changes nothing, and the call runs once',
  async (_, listen) => {
    const call = vi.fn(async () => 'result');
    expect(await observed(listen, call)).toBe('result');
    expect(call).toHaveBeenCalledTimes(1);
  },
);
