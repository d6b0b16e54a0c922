import type { SearchPage } from '@drydock/storage';
import { invalidQuery, readOrFault, readPage } from '@drydock/storage/backend-kit';
import { decodeRow, type GraphRow } from '../codec.js';
import { alive, belongs, type Statement } from '../cypher.js';
import { ID } from '../identifiers.js';
import type { Found } from '../record.js';
import type { Schema } from '../schema.js';
import type { PathQuery } from './query.js';
import { pattern } from './traversal.js';

const BOUNDS = { name: '', maxDepth: 15, defaultDepth: 5 };

/** A path as the statement returns it: one more node than relationships. */
export interface PathRow {
  readonly nodes: readonly GraphRow[];
  readonly relationships: readonly GraphRow[];
}

/** Compiles a shortest path between two different entities; throws a query fault when it cannot be meant. */
export function compilePath(schema: Schema, query: PathQuery & { readonly limit: number }): Statement {
  const { from, to, limit, cursor, depth = BOUNDS.defaultDepth } = query;
  const steps = pattern(schema, query, BOUNDS);
  for (const id of [from, to]) {
    if (typeof id !== 'string' || id === '') throw invalidQuery('`from` and `to` take ids');
  }
  if (cursor !== undefined) throw invalidQuery('a path is one page: there is no cursor that belongs to it');
  if (limit < 2 * depth + 1) {
    throw invalidQuery(
      `a path of ${depth} hops needs a limit of ${2 * depth + 1}; raise limit or lower depth`,
    );
  }
  const text = [
    `MATCH (a:${schema.quoted} {\`${ID}\`: $from}) WHERE ${alive('a')}`,
    `MATCH (b:${schema.quoted} {\`${ID}\`: $to}) WHERE ${alive('b')}`,
    `MATCH p = shortestPath((a)${steps}(b))`,
    `WHERE all(r IN relationships(p) WHERE ${belongs('r')} AND ${alive('r')})`,
    `AND all(x IN nodes(p) WHERE x:${schema.quoted} AND ${alive('x')})`,
    `RETURN [n IN nodes(p) | {id: n.\`${ID}\`, label: [l IN labels(n) WHERE l IN $labels][0], type: null, from: null, to: null, properties: properties(n)}] AS nodes,`,
    `[r IN relationships(p) | {id: r.\`${ID}\`, label: null, type: type(r), from: startNode(r).\`${ID}\`, to: endNode(r).\`${ID}\`, properties: properties(r)}] AS relationships`,
  ].join('\n');
  const { namespace, labels } = schema;
  return { text, parameters: { from, to, namespace, labels }, access: 'read' };
}

/** Entities and relationships in turn; nothing where there is no path. */
export function pathPage([row]: readonly PathRow[]): SearchPage<Found> {
  if (!row) return { items: [] };
  const { nodes, relationships } = row;
  const parts = nodes.flatMap((node, index) => {
    const next = relationships[index];
    return next ? [node, next] : [node];
  });
  const place = (part: GraphRow, index: number) => decodeRow({ ...part, distance: BigInt(index) });
  return readPage(parts.map((part, index) => ({ id: part.id, item: readOrFault(() => place(part, index)) })));
}
