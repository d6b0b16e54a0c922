import { type GraphEdge, type GraphNode, isAlive, isWholeAlive, type MemoryGraph } from './graph.js';
import { aliveText, allOf, entityText, type KnownStatement } from './known.js';
import { asMap, COLUMNS, edgeRow, entityRow } from './rows.js';
import { compare, compareText } from './values.js';

/** The relationships that a statement follows, and how far. */
interface Walk {
  readonly namespace: string;
  readonly types: readonly string[];
  readonly depth: number;
  readonly direction: 'out' | 'in' | 'both';
}

/** A node with the relationships on the way to it. */
interface Visit {
  readonly node: GraphNode;
  readonly distance: number;
  readonly before?: { readonly visit: Visit; readonly edge: GraphEdge };
}

const STEPS = String.raw`(?<left><?-)\[(?:rs)?(?<types>(?:[:|]\`[^\`]+\`)+)\*1\.\.(?<depth>\d+)\](?<right>->?)`;
const NEIGHBOURS = new RegExp(
  String.raw`^MATCH \(s:\`(?<namespace>[^\`]+)\` \{\`id\`: \$p0\}\) .+\nMATCH p = \(s\)${STEPS}\(n:\`[^\`]+\`(?::\`(?<label>[^\`]+)\`)?\)\n`,
);
const PATH = new RegExp(
  String.raw`^MATCH \(a:\`(?<namespace>[^\`]+)\` .+\n.+\nMATCH p = shortestPath\(\(a\)${STEPS}\(b\)\)\n`,
);
const BELONGS = 'r.`_namespace` = $namespace';
const ENTITY_MAP =
  '{id: n.`id`, label: [l IN labels(n) WHERE l IN $labels][0], type: null, from: null, to: null, properties: properties(n)}';
const EDGE_MAP =
  '{id: r.`id`, label: null, type: type(r), from: startNode(r).`id`, to: endNode(r).`id`, properties: properties(r)}';

const neighbours: KnownStatement = {
  recognise(cypher) {
    const groups = NEIGHBOURS.exec(cypher)?.groups;
    if (!groups || cypher !== neighbourText(groups)) return undefined;
    const walk = walkOf(groups);
    return (graph, { p0, labels, limit, after, afterDistance }) => {
      const found = visits(graph, walk, p0 as string)
        .filter(({ node, distance }) => distance > 0 && (!groups.label || node.labels.includes(groups.label)))
        .filter(
          ({ node, distance }) =>
            distance > Number(afterDistance) ||
            (distance === Number(afterDistance) && compare(node.id, after as string) > 0),
        )
        .sort((left, right) => left.distance - right.distance || compareText(left.node.id, right.node.id))
        .slice(0, Number(limit));
      const rows = found.map(({ node, distance }) => [
        ...entityRow(node, labels as string[]),
        BigInt(distance),
      ]);
      return { fields: [...COLUMNS, 'distance'], rows };
    };
  },
};

const path: KnownStatement = {
  recognise(cypher) {
    const groups = PATH.exec(cypher)?.groups;
    if (!groups || cypher !== pathText(groups)) return undefined;
    const walk = walkOf(groups);
    return (graph, { from, to, labels }) => {
      const end = visits(graph, walk, from as string).find(({ node }) => node.id === to);
      if (!end) return { fields: ['nodes', 'relationships'], rows: [] };
      const { nodes, edges } = wayTo(end);
      const entities = nodes.map((node) => asMap(entityRow(node, labels as string[])));
      return {
        fields: ['nodes', 'relationships'],
        rows: [[entities, edges.map((edge) => asMap(edgeRow(edge)))]],
      };
    };
  },
};

/** Statements that follow relationships. */
export const PATHS: readonly KnownStatement[] = [neighbours, path];

function neighbourText(groups: Record<string, string | undefined>): string {
  const { namespace, left, types, depth, right, label } = groups;
  return [
    `MATCH (s:\`${namespace}\` {\`id\`: $p0}) WHERE ${aliveText('s')}`,
    `MATCH p = (s)${left}[rs${types}*1..${depth}]${right}(n:\`${namespace}\`${label ? `:\`${label}\`` : ''})`,
    `WHERE n <> s AND all(r IN rs WHERE ${BELONGS} AND ${aliveText('r')})`,
    `AND all(x IN nodes(p) WHERE x:\`${namespace}\` AND ${aliveText('x')})`,
    'WITH n, min(length(p)) AS distance',
    'WHERE distance > $afterDistance OR (distance = $afterDistance AND n.`id` > $after)',
    `RETURN ${entityText('n')}, distance`,
    'ORDER BY distance, id LIMIT $limit',
  ].join('\n');
}

function pathText(groups: Record<string, string | undefined>): string {
  const { namespace, left, types, depth, right } = groups;
  return [
    `MATCH (a:\`${namespace}\` {\`id\`: $from}) WHERE ${aliveText('a')}`,
    `MATCH (b:\`${namespace}\` {\`id\`: $to}) WHERE ${aliveText('b')}`,
    `MATCH p = shortestPath((a)${left}[${types}*1..${depth}]${right}(b))`,
    `WHERE all(r IN relationships(p) WHERE ${BELONGS} AND ${aliveText('r')})`,
    `AND all(x IN nodes(p) WHERE x:\`${namespace}\` AND ${aliveText('x')})`,
    `RETURN [n IN nodes(p) | ${ENTITY_MAP}] AS nodes,`,
    `[r IN relationships(p) | ${EDGE_MAP}] AS relationships`,
  ].join('\n');
}

function walkOf({
  namespace = '',
  types = '',
  depth,
  left,
  right,
}: Record<string, string | undefined>): Walk {
  const direction = left === '<-' ? 'in' : right === '->' ? 'out' : 'both';
  return { namespace, types: allOf(/`([^`]+)`/g, types), depth: Number(depth), direction };
}

/** Every node that can be reached, nearest first, the start included. */
function visits(graph: MemoryGraph, walk: Walk, id: string): Visit[] {
  const start = graph.node(walk.namespace, id);
  if (!start || !isAlive(start)) return [];
  const edges = graph
    .edges()
    .filter(({ type }) => walk.types.includes(type))
    .filter(isWholeAlive);
  const found: Visit[] = [{ node: start, distance: 0 }];
  const seen = new Set([start]);
  for (const visit of found) {
    if (visit.distance === walk.depth) break;
    for (const edge of edges) {
      const node = otherEnd(edge, visit.node, walk.direction);
      if (!node || seen.has(node)) continue;
      seen.add(node);
      found.push({ node, distance: visit.distance + 1, before: { visit, edge } });
    }
  }
  return found;
}

function otherEnd(
  { from, to }: GraphEdge,
  node: GraphNode,
  direction: Walk['direction'],
): GraphNode | undefined {
  if (direction !== 'in' && from === node) return to;
  return direction !== 'out' && to === node ? from : undefined;
}

function wayTo(end: Visit): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const nodes = [end.node];
  const edges: GraphEdge[] = [];
  for (let { before } = end; before; before = before.visit.before) {
    nodes.unshift(before.visit.node);
    edges.unshift(before.edge);
  }
  return { nodes, edges };
}
