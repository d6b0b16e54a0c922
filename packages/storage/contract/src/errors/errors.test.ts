import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { StorageDataError, StorageTimeoutError, toStorageError } from './errors.js';
import type { FaultKind } from './fault.js';
import { StorageError } from './storage-error.js';

const fault = {
  retriable: false,
  outcome: 'rejected',
  code: 'WRONGTYPE',
  detail: 'the key holds another type',
} as const;
const context = { backend: 'redis', operation: 'store', ids: ['a', 'b', 'c', 'd'], attempts: 2 } as const;

describe('the error family', () => {
  const classes: [FaultKind, string][] = [
    ['connection', 'StorageConnectionError'],
    ['timeout', 'StorageTimeoutError'],
    ['query', 'StorageQueryError'],
    ['data', 'StorageDataError'],
    ['not_found', 'StorageNotFoundError'],
    ['aborted', 'StorageAbortedError'],
  ];

  test.each(classes)('a %s fault is a %s', (kind, name) => {
    const error = toStorageError({ ...fault, kind }, context);
    expect(error).toMatchObject({ name, kind });
    expect(error.constructor.name).toBe(name);
  });

  test('an error says what failed, where, with what effect and for which ids', () => {
    expect(new StorageDataError(fault, context).message).toBe(
      'redis store failed after 2 attempts: the key holds another type (WRONGTYPE); the server refused it, not retriable; ' +
        'ids "a", "b", "c" and 1 more',
    );
  });

  test('an error cuts hostile ids', () => {
    const error = new StorageDataError(fault, { ...context, ids: ['\n'.repeat(10_000)] });
    expect(error.message.length).toBeLessThan(350);
    expect(error.message).not.toContain('\n');
  });

  test('an error shows itself as text and as JSON', () => {
    const error = new StorageDataError(fault, context);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'StorageDataError',
      ids: ['a', 'b', 'c', 'd'],
    });
    expect(inspect(error)).toMatch(/^StorageDataError: redis store failed[\s\S]*outcome: 'rejected'/);
  });

  test('isInstance knows errors of another copy of the package', async () => {
    vi.resetModules();
    const copy = await import('./errors.js');
    const foreign = new copy.StorageDataError(fault, context);
    expect(foreign).not.toBeInstanceOf(StorageError);
    expect(StorageError.isInstance(foreign)).toBe(true);
    expect(StorageDataError.isInstance(foreign)).toBe(true);
    expect(StorageTimeoutError.isInstance(foreign)).toBe(false);
  });

  test.each([null, undefined, 'text', {}, new Error('plain')])('isInstance refuses %o', (value) => {
    expect(StorageError.isInstance(value)).toBe(false);
  });
});
