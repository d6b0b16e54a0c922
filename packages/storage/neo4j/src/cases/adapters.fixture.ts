import type { StorageError } from '@drydock/storage';
import { newNamespace } from '@drydock/storage/conformance';
import { expect } from 'vitest';
import { createNeo4jAdapter, type Neo4jAdapter } from '../adapter.js';
import type { Entity, Relationship } from '../record.js';
import { type ConnectionSettings, labelOf, type removeNamespace } from './conformance.fixture.js';

/** In the name of everything that a run makes on a server, so that two runs do not meet and it can be removed. */
const RUN = labelOf(newNamespace());
export const PERSON = `Person_${RUN}`;
export const COMPANY = `Company_${RUN}`;
export const PLACE = `Místo_${RUN}`;
export const KNOWS = `KNOWS_${RUN}`;
export const WORKS_AT = `WORKS_AT_${RUN}`;

/** An entity of the cases. */
export const person = (id: string, properties: Entity['properties'] = {}): Entity => ({
  id,
  label: PERSON,
  properties,
});

/** A relationship of the cases. */
export const knows = (id: string, from: string, to: string, properties = {}): Relationship => ({
  id,
  type: KNOWS,
  from,
  to,
  properties,
});

/** The error that a promise ends in. */
export const rejection = (promise: Promise<unknown>): Promise<StorageError> =>
  promise.then(
    () => expect.fail('it should have rejected'),
    (error) => error,
  );

/** Adapters that the cases make, each over a namespace of its own. */
export class Adapters {
  readonly #settings: ConnectionSettings;
  readonly #namespaces = new Set<string>();
  #graph: Neo4jAdapter | undefined;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  /** The graph that the cases share, once it is peopled. */
  get graph(): Neo4jAdapter {
    if (!this.#graph) throw new Error('the graph is not peopled yet');
    return this.#graph;
  }

  /** Connects an adapter to a graph that is empty. */
  async connected(): Promise<Neo4jAdapter> {
    const namespace = `Drydock${this.#namespaces.size}_${RUN}`;
    this.#namespaces.add(namespace);
    const adapter = createNeo4jAdapter({
      ...this.#settings,
      timeoutMs: 20_000,
      namespace,
      labels: [PERSON, COMPANY, PLACE],
      types: [KNOWS, WORKS_AT],
      indexes: { [PERSON]: ['name'] },
    });
    await adapter.connect();
    return adapter;
  }

  /** Fills the graph that the cases share. */
  async people(): Promise<void> {
    this.#graph = await this.connected();
    await this.#graph.storeBatch([
      ...['a', 'b', 'c', 'd', 'e'].map((id, age) => person(id, { name: `name ${id}`, age, tags: [id] })),
      { id: 'acme', label: COMPANY, properties: { name: 'Acme' } },
      { id: 'brno', label: PLACE, properties: {} },
      knows('ab', 'a', 'b', { since: 2001 }),
      knows('bc', 'b', 'c', { since: 2002 }),
      knows('cd', 'c', 'd'),
      knows('ac', 'a', 'c'),
      { id: 'dw', type: WORKS_AT, from: 'd', to: 'acme', properties: { role: 'x' } },
    ]);
  }

  /** Ids that a search of the shared graph finds, in their order. */
  async ids(query: Parameters<Neo4jAdapter['search']>[0]): Promise<string[]> {
    return (await this.graph.search(query)).items.map(({ id }) => id);
  }

  /** Disconnects and removes everything that was made. */
  async close(remove: typeof removeNamespace): Promise<void> {
    await this.#graph?.disconnect();
    for (const namespace of this.#namespaces) await remove(this.#settings, namespace, RUN);
  }
}
