import { encodeCursor, type SearchPage } from '@drydock/storage';
import {
  fingerprintOf,
  foreignCursor,
  invalidQuery,
  openCursor,
  readOrFault,
  readPage,
} from '@drydock/storage/backend-kit';
import { decodeRow, type GraphRow } from '../codec.js';
import { alive, belongs, entityColumns, relationshipColumns, type Statement } from '../cypher.js';
import { ID } from '../identifiers.js';
import type { Found } from '../record.js';
import type { Schema } from '../schema.js';
import { compileFilter, Parameters } from './filter.js';
import type { EntityQuery, NeighbourQuery, Neo4jQuery, RelationshipQuery } from './query.js';
import { labelOf, pattern, typesOf } from './traversal.js';

/** A compiled search: what to send, and how to read what comes back. */
export interface Search {
  readonly statement: Statement;
  page(rows: readonly GraphRow[]): SearchPage<Found>;
}

type Listing = Exclude<Neo4jQuery, { find: 'path' }> & { readonly limit: number };

/** Compiles a query whose pages follow each other; throws a query fault when it cannot be meant. */
export function compileListing(schema: Schema, query: Listing): Search {
  const parameters = new Parameters();
  const body = compileBody(schema, query, parameters);
  const order = query.find === 'neighbours' ? 'distance, id' : 'id';
  const fingerprint = fingerprintOf(body, parameters.values);
  const [distance, id] = query.cursor === undefined ? [0, ''] : open(query.cursor, fingerprint);
  const { limit } = query;
  const statement: Statement = {
    text: `${body}\nORDER BY ${order} LIMIT $limit`,
    parameters: {
      ...parameters.values,
      namespace: schema.namespace,
      labels: schema.labels,
      afterDistance: BigInt(distance),
      after: id,
      // One more than the page holds tells whether there is a next one.
      limit: BigInt(limit + 1),
    },
    access: 'read',
  };
  return {
    statement,
    page: (rows) => {
      const shown = rows.slice(0, limit);
      const page = readPage(shown.map((row) => ({ id: row.id, item: readOrFault(() => decodeRow(row)) })));
      const last = rows.length > limit ? shown.at(-1) : undefined;
      if (!last) return page;
      return { ...page, cursor: encodeCursor([fingerprint, Number(last.distance ?? 0), last.id]) };
    },
  };
}

function compileBody(schema: Schema, query: Listing, parameters: Parameters): string {
  switch (query.find) {
    case 'entities':
      return entities(schema, query, parameters);
    case 'relationships':
      return relationships(schema, query, parameters);
    case 'neighbours':
      return neighbours(schema, query, parameters);
    default:
      throw invalidQuery("`find` is 'entities', 'relationships', 'neighbours' or 'path'");
  }
}

function entities(schema: Schema, { label, where = [] }: EntityQuery, parameters: Parameters): string {
  const conditions = [alive('n'), ...compileFilter('n', where, parameters), `n.\`${ID}\` > $after`];
  return [
    `MATCH (n:${schema.quoted}${labelOf(schema, label)})`,
    `WHERE ${conditions.join(' AND ')}`,
    `RETURN ${entityColumns('n')}`,
  ].join('\n');
}

function relationships(schema: Schema, query: RelationshipQuery, parameters: Parameters): string {
  const { type, from, to, where = [] } = query;
  const conditions = [
    belongs('r'),
    alive('r'),
    alive('a'),
    alive('b'),
    ...(from === undefined ? [] : [`a.\`${ID}\` = ${parameters.add(text('from', from))}`]),
    ...(to === undefined ? [] : [`b.\`${ID}\` = ${parameters.add(text('to', to))}`]),
    ...compileFilter('r', where, parameters),
    `r.\`${ID}\` > $after`,
  ];
  const types = typesOf(schema, type === undefined ? undefined : [type]);
  return [
    `MATCH (a:${schema.quoted})-[r${types}]->(b:${schema.quoted})`,
    `WHERE ${conditions.join(' AND ')}`,
    `RETURN ${relationshipColumns('r', 'a', 'b')}`,
  ].join('\n');
}

function neighbours(schema: Schema, query: NeighbourQuery, parameters: Parameters): string {
  const middle = parameters.add(text('of', query.of));
  const steps = pattern(schema, query, { name: 'rs', maxDepth: 6, defaultDepth: 1 });
  return [
    `MATCH (s:${schema.quoted} {\`${ID}\`: ${middle}}) WHERE ${alive('s')}`,
    `MATCH p = (s)${steps}(n:${schema.quoted}${labelOf(schema, query.label)})`,
    `WHERE n <> s AND all(r IN rs WHERE ${belongs('r')} AND ${alive('r')})`,
    `AND all(x IN nodes(p) WHERE x:${schema.quoted} AND ${alive('x')})`,
    // In this form the server looks at each entity once, however many ways lead to it.
    'WITH n, min(length(p)) AS distance',
    `WHERE distance > $afterDistance OR (distance = $afterDistance AND n.\`${ID}\` > $after)`,
    `RETURN ${entityColumns('n')}, distance`,
  ].join('\n');
}

function text(name: string, id: unknown): string {
  if (typeof id !== 'string' || id === '') throw invalidQuery(`\`${name}\` takes an id`);
  return id;
}

function open(cursor: string, fingerprint: string): [number, string] {
  const [distance, id] = openCursor(cursor, fingerprint, ['number', 'string']);
  if (!Number.isSafeInteger(distance)) throw foreignCursor();
  return [distance, id];
}
