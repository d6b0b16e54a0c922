import { newNamespace } from '@drydock/storage/conformance';
import { createNeo4jAdapter, type Neo4jAdapter } from '../adapter.js';
import type { Entity, Relationship } from '../record.js';
import { type ConnectionSettings, labelOf, type removeNamespace } from './conformance.fixture.js';

/** Part of every name that a run makes on a server: it keeps runs apart, and what to remove is found by it. */
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

/** Adapters that the cases make, each over a namespace of its own. */
export interface Adapters {
  readonly settings: ConnectionSettings;
  /** The graph that the cases share, once it is filled. */
  readonly graph: Neo4jAdapter;
  /** Connects an adapter to a graph that is empty. */
  connected(): Promise<Neo4jAdapter>;
  /** Fills the graph that the cases share. */
  fill(): Promise<void>;
  /** Ids that a search of the shared graph finds, in their order. */
  ids(query: Parameters<Neo4jAdapter['search']>[0]): Promise<string[]>;
  /** Disconnects the shared one and removes everything that was made. */
  close(remove: typeof removeNamespace): Promise<void>;
}

/** Makes adapters for one server, and remembers their namespaces. */
export function openAdapters(settings: ConnectionSettings): Adapters {
  const namespaces: string[] = [];
  const make = () => {
    const namespace = `Drydock${namespaces.length}_${RUN}`;
    namespaces.push(namespace);
    return createNeo4jAdapter({
      ...settings,
      timeoutMs: 20_000,
      namespace,
      labels: [PERSON, COMPANY, PLACE],
      types: [KNOWS, WORKS_AT],
      indexes: { [PERSON]: ['name'] },
    });
  };
  const graph = make();
  return {
    settings,
    graph,
    async connected() {
      const adapter = make();
      await adapter.connect();
      return adapter;
    },
    async fill() {
      await graph.connect();
      await graph.storeBatch([
        ...['a', 'b', 'c', 'd', 'e'].map((id, age) => person(id, { name: `name ${id}`, age, tags: [id] })),
        { id: 'acme', label: COMPANY, properties: { name: 'Acme' } },
        { id: 'brno', label: PLACE, properties: {} },
        knows('ab', 'a', 'b', { since: 2001 }),
        knows('bc', 'b', 'c', { since: 2002 }),
        knows('cd', 'c', 'd'),
        knows('ac', 'a', 'c'),
        { id: 'dw', type: WORKS_AT, from: 'd', to: 'acme', properties: { role: 'x' } },
      ]);
    },
    async ids(query) {
      return (await graph.search(query)).items.map(({ id }) => id);
    },
    async close(remove) {
      await graph.disconnect();
      for (const namespace of namespaces) await remove(settings, namespace, RUN);
    },
  };
}
