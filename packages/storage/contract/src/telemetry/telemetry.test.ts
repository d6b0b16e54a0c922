import { BROKEN_LISTENERS } from '@drydock/resilience/testing';
import { expect, test } from 'vitest';
import { createAdapter } from '../create-adapter.js';
import { DriverError, MemoryBackend } from '../testing/memory-backend.fixture.js';
import type { Telemetry } from './telemetry.js';

const broken = BROKEN_LISTENERS.map(([does, listen]): [string, Telemetry] => [
  does,
  { call: (_, run) => listen(run) },
]);

test.each(broken)('telemetry that %s changes no call', async (_, telemetry) => {
  const backend = new MemoryBackend();
  const adapter = createAdapter(backend, { telemetry, retry: { maxAttempts: 1 } });
  await adapter.connect();
  backend.requests.length = 0;
  expect(await adapter.store({ id: 'a' })).toBe('a');
  expect(backend.requests).toEqual(['store a']);
  backend.script = [new DriverError({ kind: 'data', retriable: false, outcome: 'rejected', code: 'OOM' })];
  await expect(adapter.store({ id: 'b' })).rejects.toMatchObject({ kind: 'data', code: 'OOM' });
  await adapter.disconnect();
});
