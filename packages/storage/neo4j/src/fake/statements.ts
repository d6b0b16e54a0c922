import type { MemoryGraph } from './graph.js';
import { type KnownStatement, type Parameters, type Run, StatementError, type Table } from './known.js';
import { LISTINGS } from './listings.js';
import { PATHS } from './traversals.js';
import { WRITES } from './writes.js';

const SCHEMA: readonly KnownStatement[] = [
  fixed('SHOW INDEXES YIELD name WHERE name IN $names RETURN name', (graph, { names }) => {
    const found = (names as string[]).filter((name) => graph.schema.has(name));
    return { fields: ['name'], rows: found.map((name) => [name]) };
  }),
  fixed('CALL dbms.components() YIELD versions RETURN versions[0] AS version', () => ({
    fields: ['version'],
    rows: [['5.26.0']],
  })),
  {
    recognise(cypher) {
      const groups = CREATIONS.map((pattern) => pattern.exec(cypher)?.groups).find(Boolean);
      if (!groups?.name) return undefined;
      const { name, label, property } = groups;
      return (graph) => {
        graph.schema.add(name);
        if (label && property)
          graph.indexed.set(label, (graph.indexed.get(label) ?? new Set()).add(property));
        return { fields: [], rows: [] };
      };
    },
  },
];

const CREATIONS = [
  /^CREATE CONSTRAINT `(?<name>[^`]+)` IF NOT EXISTS FOR \(n:`[^`]+`\) REQUIRE n\.`id` IS UNIQUE$/,
  /^CREATE CONSTRAINT `(?<name>[^`]+)` IF NOT EXISTS FOR \(\)-\[r:`[^`]+`\]-\(\) REQUIRE \(r\.`_namespace`, r\.`id`\) IS UNIQUE$/,
  /^CREATE INDEX `(?<name>[^`]+)` IF NOT EXISTS FOR \(n:`(?<label>[^`]+)`\) ON \(n\.`(?<property>[^`]+)`\)$/,
];

/** Runs a statement on the graph; one that is not known is a syntax error, so that no test passes by accident. */
export function runStatement(graph: MemoryGraph, cypher: string, parameters: Parameters): Table {
  for (const known of [...SCHEMA, ...WRITES, ...LISTINGS, ...PATHS]) {
    const run = known.recognise(cypher);
    if (run) return run(graph, parameters);
  }
  throw new StatementError({
    code: 'Neo.ClientError.Statement.SyntaxError',
    message: `FakeNeo4j does not know this statement; teach it, or run it on a real server:\n${cypher}`,
  });
}

function fixed(text: string, run: Run): KnownStatement {
  return { recognise: (cypher) => (cypher === text ? run : undefined) };
}
