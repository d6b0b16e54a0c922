import type { PackValue } from './packstream.js';

/** Properties of a node or a relationship. */
export type Properties = { readonly [name: string]: PackValue };

/** A node; its namespace is one of its labels. */
export interface GraphNode {
  readonly id: string;
  readonly namespace: string;
  labels: readonly string[];
  properties: Properties;
}

/** A relationship between two nodes. */
export interface GraphEdge {
  readonly id: string;
  readonly namespace: string;
  readonly type: string;
  readonly from: GraphNode;
  readonly to: GraphNode;
  properties: Properties;
}

/** Nodes and relationships in memory, found by namespace and id, or by type, namespace and id. */
export class MemoryGraph {
  /** Names of constraints and indexes. */
  readonly schema = new Set<string>();
  /** Indexed properties by label. */
  readonly indexed = new Map<string, Set<string>>();
  readonly #nodes = new Map<string, Map<string, GraphNode>>();
  readonly #edges = new Map<string, GraphEdge>();

  node(namespace: string, id: string): GraphNode | undefined {
    return this.#nodes.get(namespace)?.get(id);
  }

  nodes(namespace: string): GraphNode[] {
    return [...(this.#nodes.get(namespace)?.values() ?? [])];
  }

  /** The nodes with these ids, each once. */
  nodesOf(namespace: string, ids: readonly string[]): GraphNode[] {
    return [...new Set(ids)].flatMap((id) => this.node(namespace, id) ?? []);
  }

  putNode(node: GraphNode): void {
    const nodes = this.#nodes.get(node.namespace) ?? new Map<string, GraphNode>();
    this.#nodes.set(node.namespace, nodes.set(node.id, node));
  }

  /** Removes a node with all of its relationships, as DETACH DELETE does. */
  removeNode(node: GraphNode): void {
    for (const edge of this.edges()) if (edge.from === node || edge.to === node) this.removeEdge(edge);
    this.#nodes.get(node.namespace)?.delete(node.id);
  }

  edge(type: string, namespace: string, id: string): GraphEdge | undefined {
    return this.#edges.get(keyOf({ type, namespace, id }));
  }

  /** The relationships of one of the types with these ids, each once. */
  edgesOf(
    { namespace, types }: { readonly namespace: string; readonly types: readonly string[] },
    ids: readonly string[],
  ): GraphEdge[] {
    return [...new Set(ids)].flatMap((id) => types.flatMap((type) => this.edge(type, namespace, id) ?? []));
  }

  edges(): GraphEdge[] {
    return [...this.#edges.values()];
  }

  putEdge(edge: GraphEdge): void {
    this.#edges.set(keyOf(edge), edge);
  }

  removeEdge(edge: GraphEdge): void {
    this.#edges.delete(keyOf(edge));
  }

  removeNamespace(namespace: string): void {
    for (const node of this.nodes(namespace)) this.removeNode(node);
  }
}

/** Whether a node or relationship has not expired, by the clock of this process. */
export function isAlive({ properties }: { readonly properties: Properties }): boolean {
  const { _expiresAt: end } = properties;
  return typeof end !== 'bigint' || end > BigInt(Date.now());
}

/** Whether a relationship and both its ends are alive. */
export function isWholeAlive(edge: GraphEdge): boolean {
  return [edge, edge.from, edge.to].every(isAlive);
}

function keyOf({ type, namespace, id }: Pick<GraphEdge, 'type' | 'namespace' | 'id'>): string {
  return JSON.stringify([type, namespace, id]);
}
