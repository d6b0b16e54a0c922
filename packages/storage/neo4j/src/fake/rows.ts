import type { GraphEdge, GraphNode } from './graph.js';
import type { PackValue } from './packstream.js';

/** Columns of an entity or a relationship, in the order of `entityRow` and `edgeRow`. */
export const COLUMNS = ['id', 'label', 'type', 'from', 'to', 'properties'] as const;

/** An entity's columns. */
export function entityRow({ id, labels, properties }: GraphNode, known: readonly string[]): PackValue[] {
  return [id, labels.find((label) => known.includes(label)) ?? null, null, null, null, properties];
}

/** A relationship's columns. */
export function edgeRow({ id, type, from, to, properties }: GraphEdge): PackValue[] {
  return [id, null, type, from.id, to.id, properties];
}

/** Columns as a map. */
export function asMap(row: readonly PackValue[]): { [name: string]: PackValue } {
  return Object.fromEntries(COLUMNS.map((name, index) => [name, row[index] ?? null]));
}
