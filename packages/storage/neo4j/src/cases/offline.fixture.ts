import type { AdapterOptions } from '@drydock/storage';
import { afterEach, beforeEach, expect } from 'vitest';
import { createNeo4jAdapter, type Neo4jAdapter } from '../adapter.js';
import type { Neo4jConfig } from '../config.js';
import { FakeNeo4j } from '../fake/index.js';
import type { GraphRecord } from '../record.js';
import { SECRET } from './conformance.fixture.js';

/** Text of records; must never be seen. */
export const PAYLOAD = 'canary-payload-18ab';

/** The server of the test that runs. */
export let server: FakeNeo4j;
const adapters: Neo4jAdapter[] = [];

/** Makes an adapter that is disconnected after the test. */
export function make(config: Partial<Neo4jConfig> & AdapterOptions = {}): Neo4jAdapter {
  const adapter = createNeo4jAdapter({
    ...server.config,
    namespace: 'App',
    labels: ['Person', 'Company'],
    types: ['KNOWS', 'LIKES'],
    indexes: { Person: ['name'] },
    ...config,
  });
  adapters.push(adapter);
  return adapter;
}

/** Makes an adapter as `make` does, and connects it. */
export async function connected(config: Partial<Neo4jConfig> & AdapterOptions = {}): Promise<Neo4jAdapter> {
  const adapter = make(config);
  await adapter.connect();
  return adapter;
}

/** Gives each test of the file a server of its own, and checks that no connection outlives it. */
export function manageServer(): void {
  beforeEach(() => {
    server = new FakeNeo4j({ password: SECRET });
  });

  afterEach(async () => {
    await Promise.all(adapters.splice(0).map((adapter) => adapter.disconnect()));
    expect(server.connections).toBe(0);
  });
}

/** An entity. */
export const person = (id: string, text = ''): GraphRecord => ({ id, label: 'Person', properties: { text } });
/** Many of them. */
export const people = (count: number): GraphRecord[] =>
  Array.from({ length: count }, (_, n) => person(`p${n}`));
