import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { createNeo4jAdapter } from './adapter.js';
import type { Neo4jConfig } from './config.js';
import { MemoryNeo4j } from './testing/index.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README’s examples print what they say', async () => {
  const code = [...README.matchAll(/```ts\n(.*?)```/gs)]
    .map(([, block = '']) => block)
    .join('\n')
    .replace(/^import [^;]*;$/gm, '');
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const server = new MemoryNeo4j({ password: 'secret' });
  const scope = {
    MemoryNeo4j,
    process: { env: { NEO4J_BOLT: `bolt://${server.host}`, NEO4J_PASSWORD: 'secret' } },
    createNeo4jAdapter: (config: Neo4jConfig) =>
      createNeo4jAdapter({ driver: { stream: server.stream }, ...config }),
    console: { log: (value: unknown) => printed.push(inspect(value)) },
  };
  await new Function(...Object.keys(scope), `return (async () => {${outputText}})()`)(
    ...Object.values(scope),
  );
  expect(printed).toEqual(
    [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, expected]) => expected),
  );
  expect(printed).toHaveLength(10);
});
