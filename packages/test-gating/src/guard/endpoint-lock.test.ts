import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@drydock/workspace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENDPOINT_LOCK_FILE, isLockedIn, readEndpointLock, writeEndpointLock } from './endpoint-lock.js';
import { noteEndpoint, readLearned } from './observed-endpoints.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('without a lock everything configured is admitted', () => {
  expect(readEndpointLock(folder)).toBeUndefined();
  expect(isLockedIn(undefined, ['integration'], 'db1:6379')).toBe(true);
});

test('what was learned is added, each endpoint once and in order', () => {
  writeEndpointLock(folder, { integration: ['db2:6379', 'db1:6379'] });
  writeEndpointLock(folder, { integration: ['db1:6379'], 'llm-real': ['api.groq.com:443'] });
  expect(readEndpointLock(folder)).toEqual({
    integration: ['db1:6379', 'db2:6379'],
    'llm-real': ['api.groq.com:443'],
  });
});

test('a lock admits an endpoint for the markers that it names it under', () => {
  const lock = { integration: ['db1:6379'] };
  expect(isLockedIn(lock, ['integration'], 'db1:6379')).toBe(true);
  expect(isLockedIn(lock, ['integration'], 'db1:6380')).toBe(false);
  expect(isLockedIn(lock, ['llm-real'], 'db1:6379')).toBe(false);
});

test('notes of several workers come together by marker', () => {
  const file = join(folder, 'learned.jsonl');
  expect(readLearned(file)).toEqual({});
  noteEndpoint(file, { marker: 'integration', endpoint: 'a:1' });
  noteEndpoint(file, { marker: 'integration', endpoint: 'a:1' });
  noteEndpoint(file, { marker: 'llm-real', endpoint: 'b:2' });
  expect(readLearned(file)).toEqual({ integration: ['a:1'], 'llm-real': ['b:2'] });
});

test.each(['{', '[1]', '{ "integration": "db1:6379" }', '{ "integration": [6379] }'])(
  '%s is no lock',
  (text) => {
    writeFileSync(join(folder, ENDPOINT_LOCK_FILE), text);
    expect(() => readEndpointLock(folder)).toThrow(UsageError);
  },
);
