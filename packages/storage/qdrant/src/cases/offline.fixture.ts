import { newNamespace } from '@drydock/storage/conformance';
import { afterAll, afterEach } from 'vitest';
import { createQdrantAdapter, type QdrantAdapter } from '../adapter.js';
import type { QdrantRecord } from '../codec.js';
import type { QdrantConfig } from '../config.js';
import { FakeQdrant } from '../fake/index.js';
import { SECRET } from './conformance.fixture.js';

/** A record of the tests. */
export interface Note extends QdrantRecord {
  readonly text?: string;
}

/** A key that allows only reads. */
export const READ_ONLY = 'canary-read-only-51d2';

/** The server that the tests of a file share. */
export const server = new FakeQdrant({ apiKey: SECRET, readOnlyApiKey: READ_ONLY });
const open: QdrantAdapter<Note>[] = [];

/** Makes an adapter that is disconnected after the test. */
export function make(config: Partial<QdrantConfig> = {}): QdrantAdapter<Note> {
  const adapter = createQdrantAdapter<Note>({
    ...server.config,
    collection: newNamespace(),
    vector: { size: 2, distance: 'Dot' },
    retry: { maxAttempts: 1 },
    ...config,
  });
  open.push(adapter);
  return adapter;
}

/** Makes an adapter as `make` does, and connects it. */
export async function connected(config: Partial<QdrantConfig> = {}): Promise<QdrantAdapter<Note>> {
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
