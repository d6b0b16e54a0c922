import { describe, expect, test } from 'vitest';
import { rejection } from '../conformance/suite.js';
import { connected, refused, rejected, reset } from '../testing/memory-adapter.fixture.js';
import { DriverError } from '../testing/memory-backend.fixture.js';

describe('retries', () => {
  test('a store that may have been applied is repeated with the same generated id', async () => {
    const { backend, adapter } = await connected();
    backend.script = [new DriverError(reset)];
    const id = await adapter.store({ text: 'a' });
    expect(backend.requests).toEqual([`store ${id}`, `store ${id}`]);
  });

  test('a delete that may have been applied is not repeated: its second answer would be wrong', async () => {
    const { backend, adapter } = await connected();
    backend.script = [new DriverError(reset)];
    const error = await rejection(adapter.delete('a'));
    expect(error).toMatchObject({ outcome: 'unknown', retriable: true, attempts: 1 });
    expect(backend.requests).toHaveLength(1);
  });

  test('a refusal after an attempt that may have been applied has an unknown outcome', async () => {
    const { backend, adapter } = await connected();
    backend.script = [new DriverError(reset), new DriverError(refused), new DriverError(refused)];
    const error = await rejection(adapter.store({ id: 'a' }));
    expect(error).toMatchObject({ code: 'ECONNREFUSED', outcome: 'unknown', attempts: 3 });
  });

  test('only the failed records of a partly failed request are sent again', async () => {
    const { backend, adapter } = await connected();
    backend.partial.push(
      new Map([
        ['b', { ...refused, outcome: 'rejected' }],
        ['c', rejected],
      ]),
    );
    const error = await rejection(adapter.storeBatch([{ id: 'a' }, { id: 'b' }, { id: 'c' }]));
    expect(backend.requests).toEqual(['store a,b,c', 'store b']);
    expect(error.failures).toEqual([
      { index: 2, id: 'c', kind: 'data', retriable: false, outcome: 'rejected', code: 'WRONGTYPE' },
    ]);
  });
});
