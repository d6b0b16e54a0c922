import { expect, test } from 'vitest';
import { createAdapter } from '../create-adapter.js';
import { DriverError, MemoryBackend } from '../memory-backend.fixture.js';
import type { Telemetry } from './telemetry.js';

const fail = (_?: unknown): never => {
  throw new Error('of the telemetry');
};
const broken: [string, Telemetry][] = [
  ['throws', { call: fail }],
  ['rejects', { call: async () => fail() }],
  ['runs nothing', { call: async () => undefined as never }],
  ['throws once the call is under way', { call: (_, run) => fail(run(() => {})) }],
  ['rejects once the call has ended', { call: (_, run) => run(() => {}).finally(fail) }],
  ['throws when it is told of the end', { call: (_, run) => run(fail) }],
  ['runs it twice', { call: (_, run) => run(() => {}).then(() => run(() => {})) }],
];

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
