import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { StorageError } from '@drydock/storage';
import pg from 'pg';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { createPostgresAdapter } from './adapter.js';
import type { PostgresConfig } from './config.js';
import { PgliteServer } from './testing/index.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const url = 'postgresql://postgres:secret@memory/postgres';
const server = await PgliteServer.start({ password: 'secret' });
const driver = { stream: server.stream };

test('the README’s examples print what they say', async () => {
  const code = [...README.matchAll(/```ts\n(.*?)```/gs)]
    .map(([, block = '']) => block)
    .join('\n')
    .replace(/^import [^;]*;$/gm, '');
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const scope = {
    StorageError,
    PgliteServer: { start: async () => server },
    pg: { Pool: pg.Pool.bind(undefined, { ...driver, connectionString: url }) },
    readFileSync: () => 'certificate',
    process: { env: { POSTGRES_URL: url } },
    createPostgresAdapter: (config: PostgresConfig) =>
      createPostgresAdapter(config.pool ? config : { driver, ...config }),
    console: {
      log: (value: unknown) => printed.push(inspect(value, { breakLength: Number.POSITIVE_INFINITY })),
    },
  };
  await new Function(...Object.keys(scope), `return (async () => {${outputText}})()`)(
    ...Object.values(scope),
  );
  expect(printed).toEqual(
    [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, expected]) => expected),
  );
  expect(printed).toHaveLength(10);
});
