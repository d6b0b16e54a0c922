import { EXPIRES_AT, ID, NAMESPACE } from './identifiers.js';
import type { Schema } from './schema.js';

/** A statement with its parameters; integers are bigints, because the driver writes every number as a float. */
export interface Statement {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** A read may go to another member of a cluster than a write. */
  readonly access: 'read' | 'write';
}

/** The texts of a graph's fixed statements, made once; each is one request, whatever mixture of labels and types. */
export interface GraphStatements {
  /** Parameters: rows, namespace. Rows: the id of each entity stored; missing are those whose id a relationship has. */
  readonly storeEntities: string;
  /** Parameters: rows, namespace. One row: the ids stored; missing are those without an end, or whose id an entity has. */
  readonly storeRelationships: string;
  /** Parameters: ids, namespace, labels. Rows as `decodeRow` reads them. */
  readonly retrieve: string;
  /** Parameters: ids, namespace. One row: the ids of what was still alive. */
  readonly remove: string;
}

/** Finds out which constraints and indexes are there: behind each constraint stands an index of its name. */
export const SHOW_SCHEMA = 'SHOW INDEXES YIELD name WHERE name IN $names RETURN name';

/** Proves that the server serves, and tells its version. */
export const PING = 'CALL dbms.components() YIELD versions RETURN versions[0] AS version';

/** Writes the statements of a graph. */
export function graphStatements(schema: Schema): GraphStatements {
  return {
    storeEntities: storeEntities(schema),
    storeRelationships: storeRelationships(schema),
    retrieve: retrieve(schema),
    remove: remove(schema),
  };
}

/** Cypher for "has not expired", by the server's clock. */
export function alive(variable: string): string {
  return `(${variable}.\`${EXPIRES_AT}\` IS NULL OR ${variable}.\`${EXPIRES_AT}\` > timestamp())`;
}

/** Cypher for the columns of an entity. */
export function entityColumns(node: string): string {
  return (
    `${node}.\`${ID}\` AS id, [l IN labels(${node}) WHERE l IN $labels][0] AS label, ` +
    `null AS type, null AS from, null AS to, properties(${node}) AS properties`
  );
}

/** Cypher for the columns of a relationship. */
export function relationshipColumns(relationship: string, from: string, to: string): string {
  return (
    `${relationship}.\`${ID}\` AS id, null AS label, type(${relationship}) AS type, ` +
    `${from}.\`${ID}\` AS from, ${to}.\`${ID}\` AS to, properties(${relationship}) AS properties`
  );
}

function storeEntities({ quoted, labels, types }: Schema): string {
  const free = types.map((type) => `NOT EXISTS { MATCH ()-[r:\`${type}\` ${keyOf('row.id')}]->() }`);
  return lines(
    'UNWIND $rows AS row',
    // What has expired is gone with all its relationships: nothing of it may come back with its id.
    `OPTIONAL MATCH (gone:${quoted} {\`${ID}\`: row.id}) WHERE gone.\`${EXPIRES_AT}\` <= timestamp()`,
    'DETACH DELETE gone',
    'WITH row',
    ...(free.length > 0 ? [`WHERE ${free.join(' AND ')}`] : []),
    `MERGE (n:${quoted} {\`${ID}\`: row.id})`,
    `SET n = row.properties, n.\`${EXPIRES_AT}\` = timestamp() + row.ttl`,
    `REMOVE n${labels.map((label) => `:\`${label}\``).join('')}`,
    // A label cannot be a parameter; one statement with a branch a label saves a request a label.
    ...labels.map(
      (label) => `FOREACH (_ IN CASE row.label WHEN '${label}' THEN [1] ELSE [] END | SET n:\`${label}\`)`,
    ),
    'RETURN row.id AS id',
  );
}

function storeRelationships({ quoted, types }: Schema): string {
  const each = 'UNWIND valid AS v WITH v.row AS row, v.a AS a, v.b AS b';
  return lines(
    'UNWIND $rows AS row',
    `MATCH (a:${quoted} {\`${ID}\`: row.from}) WHERE ${alive('a')}`,
    `MATCH (b:${quoted} {\`${ID}\`: row.to}) WHERE ${alive('b')}`,
    `AND NOT EXISTS { MATCH (c:${quoted} {\`${ID}\`: row.id}) WHERE ${alive('c')} }`,
    'WITH collect({row: row, a: a, b: b}) AS valid',
    // Type and ends of a relationship are fixed: one that changes them is made anew.
    ...types.map((type, index) =>
      lines(
        `CALL (valid) { ${each}`,
        `MATCH (x)-[r:\`${type}\` ${keyOf('row.id')}]->(y)`,
        `WHERE row.type <> '${type}' OR x <> a OR y <> b`,
        `DELETE r RETURN count(*) AS moved${index} }`,
      ),
    ),
    ...types.map((type, index) =>
      lines(
        `CALL (valid) { ${each} WHERE v.row.type = '${type}'`,
        `MERGE (a)-[r:\`${type}\` ${keyOf('row.id')}]->(b)`,
        `SET r = row.properties, r.\`${EXPIRES_AT}\` = timestamp() + row.ttl`,
        `RETURN count(*) AS stored${index} }`,
      ),
    ),
    'RETURN [v IN valid | v.row.id] AS ids',
  );
}

function retrieve({ quoted, types }: Schema): string {
  return [
    `MATCH (n:${quoted}) WHERE n.\`${ID}\` IN $ids AND ${alive('n')} RETURN ${entityColumns('n')}`,
    ...types.map(
      (type) =>
        `MATCH (a:${quoted})-[r:\`${type}\`]->(b:${quoted}) WHERE ${belongs('r')} AND r.\`${ID}\` IN $ids ` +
        `AND ${alive('r')} AND ${alive('a')} AND ${alive('b')} RETURN ${relationshipColumns('r', 'a', 'b')}`,
    ),
  ].join('\nUNION ALL\n');
}

function remove({ quoted, types }: Schema): string {
  const relationships = types.map(
    (type, index) =>
      `CALL { MATCH (a)-[r:\`${type}\`]->(b) WHERE ${belongs('r')} AND r.\`${ID}\` IN $ids ` +
      `WITH r, r.\`${ID}\` AS id, ${alive('r')} AND ${alive('a')} AND ${alive('b')} AS alive ` +
      `DELETE r RETURN collect(CASE WHEN alive THEN id END) AS removed${index} }`,
  );
  const all = ['removed', ...types.map((_, index) => `removed${index}`)].join(' + ');
  return lines(
    // Relationships first: those of a deleted entity go with it, and would not be there to be counted.
    ...relationships,
    `CALL { MATCH (n:${quoted}) WHERE n.\`${ID}\` IN $ids WITH n, n.\`${ID}\` AS id, ${alive('n')} AS alive`,
    'DETACH DELETE n RETURN collect(CASE WHEN alive THEN id END) AS removed }',
    `RETURN ${all} AS ids`,
  );
}

/** Cypher for "is a relationship of this namespace". */
export function belongs(relationship: string): string {
  return `${relationship}.\`${NAMESPACE}\` = $namespace`;
}

function keyOf(id: string): string {
  return `{\`${NAMESPACE}\`: $namespace, \`${ID}\`: ${id}}`;
}

function lines(...parts: readonly string[]): string {
  return parts.join('\n');
}
