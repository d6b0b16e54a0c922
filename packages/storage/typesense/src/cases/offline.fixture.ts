import { newNamespace } from '@drydock/storage/conformance';
import { afterAll, afterEach } from 'vitest';
import { createTypesenseAdapter, type TypesenseAdapter } from '../adapter.js';
import type { TypesenseRecord } from '../codec.js';
import type { TypesenseConfig } from '../config.js';
import { FakeTypesense } from '../fake/index.js';
import { SECRET } from './conformance.fixture.js';

/** A record of the tests. */
export interface Note extends TypesenseRecord {
  readonly text?: string;
}

/** Path of every write, for faults to match. */
export const WRITE = '/documents/import';

/** The server that the tests of a file share. */
export const server = new FakeTypesense({ apiKey: SECRET });
const open: TypesenseAdapter<Note>[] = [];

/** Makes an adapter that is disconnected after the test. */
export function make(config: Partial<TypesenseConfig> = {}): TypesenseAdapter<Note> {
  const adapter = createTypesenseAdapter<Note>({
    ...server.config,
    collection: newNamespace(),
    fields: { text: 'string' },
    retry: { maxAttempts: 1 },
    ...config,
  });
  open.push(adapter);
  return adapter;
}

/** Makes an adapter as `make` does, and connects it. */
export async function connected(config: Partial<TypesenseConfig> = {}): Promise<TypesenseAdapter<Note>> {
  const adapter = make(config);
  await adapter.connect();
  return adapter;
}

/** Disconnects the adapters of each test after it and forgets its faults, and closes the server after the last. */
export function manageServer(): void {
  afterAll(() => server.close());
  afterEach(() => server.recover());
  afterEach(() => Promise.all(open.splice(0).map((adapter) => adapter.disconnect())));
}
