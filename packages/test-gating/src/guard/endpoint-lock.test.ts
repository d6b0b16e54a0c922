import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@drydock/workspace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENDPOINT_LOCK_FILE, isLockedIn, readEndpointLock, writeEndpointLock } from './endpoint-lock.js';
import { noteEndpoint, readObservedEndpoints } from './observed-endpoints.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('every configured endpoint is allowed without a lock', () => {
  expect(readEndpointLock(folder)).toBeUndefined();
  expect(isLockedIn(undefined, ['integration'], 'db1:6379')).toBe(true);
});

test('writeEndpointLock adds observed endpoints, each once and sorted', () => {
  writeEndpointLock(folder, { integration: ['db2:6379', 'db1:6379'] });
  writeEndpointLock(folder, { integration: ['db1:6379'], 'llm-real': ['api.groq.com:443'] });
  expect(readEndpointLock(folder)).toEqual({
    integration: ['db1:6379', 'db2:6379'],
    'llm-real': ['api.groq.com:443'],
  });
});

test('a lock allows an endpoint only for the markers that list it', () => {
  const lock = { integration: ['db1:6379'] };
  expect(isLockedIn(lock, ['integration'], 'db1:6379')).toBe(true);
  expect(isLockedIn(lock, ['integration'], 'db1:6380')).toBe(false);
  expect(isLockedIn(lock, ['llm-real'], 'db1:6379')).toBe(false);
});

test('readObservedEndpoints merges the notes of several workers by marker', () => {
  const file = join(folder, 'learned.jsonl');
  expect(readObservedEndpoints(file)).toEqual({});
  noteEndpoint(file, { marker: 'integration', endpoint: 'a:1' });
  noteEndpoint(file, { marker: 'integration', endpoint: 'a:1' });
  noteEndpoint(file, { marker: 'llm-real', endpoint: 'b:2' });
  expect(readObservedEndpoints(file)).toEqual({ integration: ['a:1'], 'llm-real': ['b:2'] });
});

test.each(['{', '[1]', '{ "integration": "db1:6379" }', '{ "integration": [6379] }'])(
  'the endpoint lock %s is refused',
  (text) => {
    writeFileSync(join(folder, ENDPOINT_LOCK_FILE), text);
    expect(() => readEndpointLock(folder)).toThrow(UsageError);
  },
);
