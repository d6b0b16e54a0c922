import { describe, expect, test } from 'vitest';
import { rejection } from '../conformance/suite.js';
import { connected, rejected, reset } from '../testing/memory-adapter.fixture.js';
import { DriverError } from '../testing/memory-backend.fixture.js';

describe('batches', () => {
  test('a batch is cut by items and by bytes, and what is too large travels alone', async () => {
    const { backend, adapter } = await connected();
    backend.limits = { maxItems: 3, maxBytes: 60 };
    const big = 'x'.repeat(100);
    await adapter.storeBatch([
      { id: 'a' },
      { id: 'b' },
      { id: 'c' },
      { id: 'd' },
      { id: 'e', text: big },
      { id: 'f' },
    ]);
    expect(backend.requests).toEqual(['store a,b,c', 'store d', 'store e', 'store f']);
  });

  test('a refused chunk does not stop the others; its failures are named by index', async () => {
    const { backend, adapter } = await connected();
    backend.limits = { maxItems: 2, maxBytes: 1_000 };
    backend.script = [new DriverError(rejected)];
    const error = await rejection(adapter.storeBatch([{ id: 'a' }, { id: 'b' }, { id: 'c' }]));
    expect(error.kind).toBe('data');
    expect(error.failures?.map(({ index }) => index)).toEqual([0, 1]);
    expect([...backend.entries.keys()]).toEqual(['c']);
  });

  test('a lost connection ends the batch: the rest was not sent', async () => {
    const { backend, adapter } = await connected();
    backend.limits = { maxItems: 1, maxBytes: 1_000 };
    backend.script = ['ok', ...Array.from({ length: 3 }, () => new DriverError(reset))];
    const error = await rejection(adapter.storeBatch([{ id: 'a' }, { id: 'b' }, { id: 'c' }]));
    expect(error).toMatchObject({ kind: 'connection', outcome: 'unknown' });
    expect(error.failures?.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['b', 'unknown'],
      ['c', 'not_sent'],
    ]);
    expect(backend.requests).toEqual(['store a', 'store b', 'store b', 'store b']);
  });

  test('a record that cannot be encoded is named by index, and the others are stored', async () => {
    const { backend, adapter } = await connected();
    const bad = { id: 'bad', text: 1n as unknown as string };
    const error = await rejection(adapter.storeBatch([bad, { id: 'good' }]));
    expect(error.failures).toMatchObject([{ index: 0, id: 'bad', kind: 'data', outcome: 'not_sent' }]);
    expect(backend.requests).toEqual(['store good']);
  });
});
