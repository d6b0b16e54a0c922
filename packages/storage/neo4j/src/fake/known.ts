import type { MemoryGraph } from './graph.js';
import type { WireError } from './messages.js';
import type { PackValue } from './packstream.js';

/** What a statement returns. */
export interface Table {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly PackValue[])[];
}

/** An error of the server's, as its code and text. */
export class StatementError extends Error {
  constructor(readonly wire: WireError) {
    super(wire.message);
  }
}

/** Parameters of a statement. */
export type Parameters = Readonly<Record<string, PackValue>>;

/** What runs a statement. */
export type Run = (graph: MemoryGraph, parameters: Parameters) => Table;

/** A statement that the fake knows. */
export interface KnownStatement {
  /** Gives what runs the statement when the text is this one, word for word. */
  recognise(cypher: string): Run | undefined;
}

/** Names that a statement holds, read from its text. */
export interface Names {
  readonly namespace: string;
  readonly labels: readonly string[];
  readonly types: readonly string[];
}

/** A statement that is one text for given names: the names are read from it, and the text is made again to compare. */
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

/** Every first group of a pattern's matches. */
export function allOf(pattern: RegExp, cypher: string): string[] {
  return [...new Set([...cypher.matchAll(pattern)].map((match) => match[1] as string))];
}

/** The text that asks whether something is alive. */
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
