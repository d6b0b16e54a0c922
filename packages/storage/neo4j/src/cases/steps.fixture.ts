import { encodeRecord } from '../codec.js';
import { graphStatements } from '../cypher.js';
import type { GraphRecord } from '../record.js';
import type { Schema } from '../schema.js';
import { compilePath } from '../search/path.js';
import type { Neo4jQuery, PathQuery } from '../search/query.js';
import { compileListing } from '../search/search.js';

/** A statement that both servers are sent. */
export interface Step {
  readonly text: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The statement leaves the order of its rows, or of the ids in its one list, open. */
  readonly anyOrder?: true;
  /** Deadline for the server in milliseconds, which the statement exceeds. */
  readonly timeout?: number;
  /** Code of the error to plant in the fake, where it does not fail by itself. */
  readonly planted?: string;
}

type Known = GraphRecord & { readonly id: string };

/** The next page of a listing, after this id. */
export function after(step: Step, id: string, distance = 0n): Step {
  return { ...step, parameters: { ...step.parameters, after: id, afterDistance: distance } };
}

/** The statements that the adapter sends over a schema. */
export function stepsOf(schema: Schema) {
  const { namespace, labels } = schema;
  const texts = graphStatements(schema);
  const rowsOf = (records: readonly Known[], ttlMs?: number) =>
    records.map((record) => encodeRecord(schema, record, ttlMs).value);
  const write = (text: string, rows: readonly unknown[]): Step => ({
    text,
    parameters: { rows, namespace },
    anyOrder: true,
  });
  return {
    nodes: (records: readonly Known[], ttlMs?: number) => write(texts.storeEntities, rowsOf(records, ttlMs)),
    edges: (records: readonly Known[], ttlMs?: number) =>
      write(texts.storeRelationships, rowsOf(records, ttlMs)),
    /** Stores a value as it is, without the adapter's encoding. */
    raw: (value: unknown) =>
      write(texts.storeEntities, [
        { id: 'raw', label: labels[0], ttl: null, properties: { id: 'raw', value } },
      ]),
    read: (...ids: string[]): Step => ({
      text: texts.retrieve,
      parameters: { ids, namespace, labels },
      anyOrder: true,
    }),
    remove: (...ids: string[]): Step => ({
      text: texts.remove,
      parameters: { ids, namespace },
      anyOrder: true,
    }),
    list: (query: Exclude<Neo4jQuery, PathQuery>): Step =>
      compileListing(schema, { ...query, limit: query.limit ?? 100 }).statement,
    where: (...where: readonly object[]): Step =>
      compileListing(schema, { find: 'entities', limit: 100, where: where as never }).statement,
    path: (query: Omit<PathQuery, 'find'>): Step =>
      compilePath(schema, { find: 'path', ...query, limit: 100 }),
  };
}
