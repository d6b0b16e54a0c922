import { type GraphNode, isAlive, isWholeAlive, type MemoryGraph, type Properties } from './graph.js';
import {
  aliveText,
  allOf,
  entityText,
  type KnownStatement,
  type Names,
  RELATIONSHIP_TEXT,
  type Table,
  template,
} from './known.js';
import type { PackValue } from './packstream.js';
import { COLUMNS, edgeRow, entityRow } from './rows.js';
import { checkIndexed, checkStorable } from './values.js';

interface Row {
  readonly id: string;
  readonly ttl: bigint | null;
  readonly properties: Properties;
}

type EntityRow = Row & { readonly label: string };
type EdgeRow = Row & { readonly type: string; readonly from: string; readonly to: string };

const KEY = '{`_namespace`: $namespace, `id`: row.id}';
const EACH = 'UNWIND valid AS v WITH v.row AS row, v.a AS a, v.b AS b';

const storeEntities = template(
  (cypher) => {
    const namespace = /^OPTIONAL MATCH \(gone:`([^`]+)`/m.exec(cypher)?.[1];
    if (namespace === undefined) return undefined;
    const types = allOf(/EXISTS \{ MATCH \(\)-\[r:`([^`]+)`/g, cypher);
    return { namespace, types, labels: allOf(/SET n:`([^`]+)`/g, cypher) };
  },
  ({ namespace, labels, types }) =>
    [
      'UNWIND $rows AS row',
      `OPTIONAL MATCH (gone:\`${namespace}\` {\`id\`: row.id}) WHERE gone.\`_expiresAt\` <= timestamp()`,
      'DETACH DELETE gone',
      'WITH row',
      ...(types.length > 0
        ? [`WHERE ${types.map((type) => `NOT EXISTS { MATCH ()-[r:\`${type}\` ${KEY}]->() }`).join(' AND ')}`]
        : []),
      `MERGE (n:\`${namespace}\` {\`id\`: row.id})`,
      'SET n = row.properties, n.`_expiresAt` = timestamp() + row.ttl',
      `REMOVE n${labels.map((label) => `:\`${label}\``).join('')}`,
      ...labels.map(
        (label) => `FOREACH (_ IN CASE row.label WHEN '${label}' THEN [1] ELSE [] END | SET n:\`${label}\`)`,
      ),
      'RETURN row.id AS id',
    ].join('\n'),
  ({ types }, graph, { rows, namespace }) => {
    for (const { label, properties } of rows as unknown as EntityRow[])
      checkIndexed(properties, graph.indexed.get(label));
    const stored = storable<EntityRow>(rows).filter((row) =>
      putEntity(graph, namespace as string, types, row),
    );
    return { fields: ['id'], rows: stored.map(({ id }) => [id]) };
  },
);

const storeRelationships = template(
  (cypher) => {
    const namespace = /^MATCH \(a:`([^`]+)` \{`id`: row\.from\}/m.exec(cypher)?.[1];
    return namespace === undefined
      ? undefined
      : { namespace, labels: [], types: allOf(/MERGE \(a\)-\[r:`([^`]+)`/g, cypher) };
  },
  ({ namespace, types }) =>
    [
      'UNWIND $rows AS row',
      `MATCH (a:\`${namespace}\` {\`id\`: row.from}) WHERE ${aliveText('a')}`,
      `MATCH (b:\`${namespace}\` {\`id\`: row.to}) WHERE ${aliveText('b')}`,
      `AND NOT EXISTS { MATCH (c:\`${namespace}\` {\`id\`: row.id}) WHERE ${aliveText('c')} }`,
      'WITH collect({row: row, a: a, b: b}) AS valid',
      ...types.flatMap((type, index) => [
        `CALL (valid) { ${EACH}`,
        `MATCH (x)-[r:\`${type}\` ${KEY}]->(y)`,
        `WHERE row.type <> '${type}' OR x <> a OR y <> b`,
        `DELETE r RETURN count(*) AS moved${index} }`,
      ]),
      ...types.flatMap((type, index) => [
        `CALL (valid) { ${EACH} WHERE v.row.type = '${type}'`,
        `MERGE (a)-[r:\`${type}\` ${KEY}]->(b)`,
        'SET r = row.properties, r.`_expiresAt` = timestamp() + row.ttl',
        `RETURN count(*) AS stored${index} }`,
      ]),
      'RETURN [v IN valid | v.row.id] AS ids',
    ].join('\n'),
  (names, graph, { rows }) => {
    const stored = storable<EdgeRow>(rows).filter((row) => putEdge(graph, names, row));
    return { fields: ['ids'], rows: [[stored.map(({ id }) => id)]] };
  },
);

const retrieve = template(
  readMatches,
  ({ namespace, types }) =>
    [
      `MATCH (n:\`${namespace}\`) WHERE n.\`id\` IN $ids AND ${aliveText('n')} RETURN ${entityText('n')}`,
      ...types.map(
        (type) =>
          `MATCH (a:\`${namespace}\`)-[r:\`${type}\`]->(b:\`${namespace}\`) WHERE r.\`_namespace\` = $namespace ` +
          `AND r.\`id\` IN $ids AND ${aliveText('r')} AND ${aliveText('a')} AND ${aliveText('b')} RETURN ${RELATIONSHIP_TEXT}`,
      ),
    ].join('\nUNION ALL\n'),
  (names, graph, { ids, labels }) => {
    const nodes = graph.nodesOf(names.namespace, ids as string[]).filter(isAlive);
    const edges = graph.edgesOf(names, ids as string[]).filter(isWholeAlive);
    const known = labels as string[];
    return { fields: COLUMNS, rows: [...nodes.map((node) => entityRow(node, known)), ...edges.map(edgeRow)] };
  },
);

const remove = template(
  readMatches,
  ({ namespace, types }) =>
    [
      ...types.map(
        (type, index) =>
          `CALL { MATCH (a)-[r:\`${type}\`]->(b) WHERE r.\`_namespace\` = $namespace AND r.\`id\` IN $ids ` +
          `WITH r, r.\`id\` AS id, ${aliveText('r')} AND ${aliveText('a')} AND ${aliveText('b')} AS alive ` +
          `DELETE r RETURN collect(CASE WHEN alive THEN id END) AS removed${index} }`,
      ),
      `CALL { MATCH (n:\`${namespace}\`) WHERE n.\`id\` IN $ids WITH n, n.\`id\` AS id, ${aliveText('n')} AS alive`,
      'DETACH DELETE n RETURN collect(CASE WHEN alive THEN id END) AS removed }',
      `RETURN ${['removed', ...types.map((_, index) => `removed${index}`)].join(' + ')} AS ids`,
    ].join('\n'),
  (names, graph, { ids }): Table => {
    const edges = graph.edgesOf(names, ids as string[]);
    const nodes = graph.nodesOf(names.namespace, ids as string[]);
    const alive = [...edges.filter(isWholeAlive), ...nodes.filter(isAlive)].map(({ id }) => id);
    for (const edge of edges) graph.removeEdge(edge);
    for (const node of nodes) graph.removeNode(node);
    return { fields: ['ids'], rows: [[alive]] };
  },
);

/** Statements that store, read by id and delete. */
export const WRITES: readonly KnownStatement[] = [storeEntities, storeRelationships, retrieve, remove];

function readMatches(cypher: string): Names | undefined {
  const namespace = /MATCH \(n:`([^`]+)`\)/.exec(cypher)?.[1];
  return namespace === undefined
    ? undefined
    : { namespace, labels: [], types: allOf(/\[r:`([^`]+)`\]/g, cypher) };
}

function putEntity(graph: MemoryGraph, namespace: string, types: readonly string[], row: EntityRow): boolean {
  const old = graph.node(namespace, row.id);
  if (old && !isAlive(old)) graph.removeNode(old);
  if (types.some((type) => graph.edge(type, namespace, row.id))) return false;
  const content = { labels: [row.label], properties: withEnd(row) };
  const kept = graph.node(namespace, row.id);
  if (kept) Object.assign(kept, content);
  else graph.putNode({ id: row.id, namespace, ...content });
  return true;
}

function putEdge(graph: MemoryGraph, { namespace, types }: Names, row: EdgeRow): boolean {
  const [from, to, taken] = [row.from, row.to, row.id].map((id) => liveNode(graph, namespace, id));
  if (!from || !to || taken) return false;
  for (const edge of graph.edgesOf({ namespace, types }, [row.id])) graph.removeEdge(edge);
  if (!types.includes(row.type)) return true;
  graph.putEdge({ id: row.id, namespace, type: row.type, from, to, properties: withEnd(row) });
  return true;
}

function liveNode(graph: MemoryGraph, namespace: string, id: string): GraphNode | undefined {
  const node = graph.node(namespace, id);
  return node && isAlive(node) ? node : undefined;
}

/** The properties without those that are null, which the server does not store. */
function withEnd({ properties, ttl }: Row): Properties {
  const kept = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
  return ttl === null ? kept : { ...kept, _expiresAt: BigInt(Date.now()) + ttl };
}

/** The rows of a statement; one that cannot be stored fails the whole statement. */
function storable<R extends Row>(rows: PackValue | undefined): R[] {
  for (const { properties } of rows as unknown as R[]) checkStorable(properties);
  return rows as unknown as R[];
}
