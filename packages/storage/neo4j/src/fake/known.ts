import type { MemoryGraph } from './graph.js';
import type { WireError } from './messages.js';
import type { PackValue } from './packstream.js';

/** The result of a statement. */
export interface Table {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly PackValue[])[];
}

/** An error that the server answers a statement with. */
export class StatementError extends Error {
  constructor(readonly wire: WireError) {
    super(wire.message);
  }
}

/** Parameters of a statement. */
export type Parameters = Readonly<Record<string, PackValue>>;

/** Runs a statement on a graph. */
export type Run = (graph: MemoryGraph, parameters: Parameters) => Table;

/** A statement that the fake knows. */
export interface KnownStatement {
  /** Returns the function that runs the statement, where the text is this one, word for word. */
  recognise(cypher: string): Run | undefined;
}

/** Names that a statement holds, read from its text. */
export interface Names {
  readonly namespace: string;
  readonly labels: readonly string[];
  readonly types: readonly string[];
}

/** A statement with names in it: reads the names from a text, writes the text for them again, and compares the two. */
export function template(
  read: (cypher: string) => Names | undefined,
  write: (names: Names) => string,
  run: (names: Names, graph: MemoryGraph, parameters: Parameters) => Table,
): KnownStatement {
  return {
    recognise(cypher) {
      const names = read(cypher);
      if (!names || write(names) !== cypher) return undefined;
      return (graph, parameters) => run(names, graph, parameters);
    },
  };
}

/** The first group of every match of a pattern, each text once. */
export function allOf(pattern: RegExp, cypher: string): string[] {
  return [...new Set([...cypher.matchAll(pattern)].map((match) => match[1] as string))];
}

/** The condition that a node or relationship has not expired. */
export function aliveText(variable: string): string {
  return `(${variable}.\`_expiresAt\` IS NULL OR ${variable}.\`_expiresAt\` > timestamp())`;
}

/** The text that returns an entity. */
export function entityText(variable: string): string {
  return `${variable}.\`id\` AS id, [l IN labels(${variable}) WHERE l IN $labels][0] AS label, null AS type, null AS from, null AS to, properties(${variable}) AS properties`;
}

/** The text that returns the relationship `r` from `a` to `b`. */
export const RELATIONSHIP_TEXT =
  'r.`id` AS id, null AS label, type(r) AS type, a.`id` AS from, b.`id` AS to, properties(r) AS properties';
