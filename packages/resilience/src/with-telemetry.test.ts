import { expect, test, vi } from 'vitest';
import { BROKEN_LISTENERS } from './testing/index.js';
import { withTelemetry } from './with-telemetry.js';

test('withTelemetry runs the call at once, within the hook, and reports to it how the call ended', async () => {
  const steps: string[] = [];
  const result = withTelemetry<string, string>(
    async (run) => {
      steps.push('listening');
      await run((end) => steps.push(end));
      steps.push('heard');
    },
    async (onEnd) => {
      steps.push('running');
      await Promise.resolve();
      onEnd('ended');
      return 'result';
    },
  );
  expect(steps).toEqual(['listening', 'running']);
  expect(await result).toBe('result');
  await vi.waitFor(() => expect(steps).toEqual(['listening', 'running', 'ended', 'heard']));
});

test.each(BROKEN_LISTENERS)(
  'withTelemetry runs the call once and gives its result when the hook %s',
  async (_, listen) => {
    const call = vi.fn(async () => 'result');
    expect(await withTelemetry(listen, call)).toBe('result');
    expect(call).toHaveBeenCalledTimes(1);
  },
);
