import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { StorageError } from '@drydock/storage';
import pg from 'pg';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { createPostgresAdapter } from './adapter.js';
import type { PostgresConfig } from './config.js';
import type { Reach } from './conformance.fixture.js';
import { PgliteServer } from './testing/index.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const BLOCKS = [...README.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
const EXPECTED = /console\.log\(.*\); \/\/ (.*)/g;

/** Runs the README's examples one after the other, in one scope, and compares what they print with their comments. */
export function readmeCases(reach: Reach): void {
  describe('README', () => {
    test('its examples do what they say', { timeout: 60_000 }, async () => {
      const printed: string[] = [];
      const scope = {
        StorageError,
        PgliteServer,
        pg: {
          Pool: class extends pg.Pool {
            constructor() {
              super({ ...reach.driver, connectionString: reach.url });
            }
          },
        },
        readFileSync: () => 'certificate',
        createPostgresAdapter: (config: PostgresConfig) =>
          createPostgresAdapter({ ...config, ...own(config) }),
        console: {
          log: (value: unknown) => printed.push(inspect(value, { breakLength: Number.POSITIVE_INFINITY })),
        },
      };
      const own = ({ pool, driver, tls }: PostgresConfig) => (pool || driver || tls ? {} : reach);
      const code = BLOCKS.join('\n').replace(/^import .*$/gm, '');
      const { outputText } = ts.transpileModule(code, {
        compilerOptions: { target: ts.ScriptTarget.ES2022 },
      });
      const run = new Function(...Object.keys(scope), `return (async () => {${outputText}})()`);
      await run(...Object.values(scope));
      expect(printed).toEqual([...code.matchAll(EXPECTED)].map(([, expected]) => expected));
      expect(printed.length).toBeGreaterThan(5);
    });
  });
}
