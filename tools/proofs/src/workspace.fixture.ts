import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ledgerFile } from '@drydock/workspace';
import type { Outcome, Sandbox } from './sandbox.fixture.js';

/** Root of this repository. */
export const REPOSITORY = join(import.meta.dirname, '../../..');
const MOST_MS = 150_000;

/** Files by path: text, or an object that is written as JSON. */
export type Files = Readonly<Record<string, string | object>>;

const FILES: Files = {
  'package.json': {
    name: 'acme',
    private: true,
    type: 'module',
    workspaces: ['packages/*'],
    scripts: { test: 'drydock run' },
  },
  'nx.json': { plugins: ['@drydock/nx'], analytics: false },
  'packages/shop/package.json': { name: '@acme/shop', version: '1.0.0', type: 'module' },
  'packages/shop/vitest.config.js': [
    "import { drydock } from '@drydock/test-gating/vitest';",
    'export default { plugins: [drydock()] };',
  ].join('\n'),
  'packages/shop/price.test.js': [
    "import { expect, it } from 'vitest';",
    "it('adds', () => expect(1 + 1).toBe(2));",
  ].join('\n'),
  'packages/shop/price.integration.test.js': [
    "import { it } from 'vitest';",
    "throw new Error('a gated file was imported');",
    "it('asks a server', () => {});",
  ].join('\n'),
};

/** A small Nx workspace that uses the harness as somebody else would. */
export interface AcmeWorkspace {
  readonly root: string;
  /** Runs a command in it, in a sandbox, without the variables of the run around it. */
  run(sandbox: Sandbox, command: readonly string[], env?: Readonly<Record<string, string>>): Outcome;
  /** The last run's ledger. */
  ledger(): {
    readonly startedAt: string;
    readonly totals: Readonly<Record<string, number>>;
    readonly tests: readonly AcmeTest[];
  };
  remove(): void;
}

/** One test of its ledger. */
export interface AcmeTest {
  readonly name: string;
  readonly status: string;
  readonly reason?: string;
  readonly failure?: { readonly class: string; readonly subclass: string };
}

/** Puts packages into a folder `node_modules`. */
export type Install = (nodeModules: string) => void;

/** Its packages are found where this repository has them, so that nothing is installed. */
export const linked: Install = (nodeModules) =>
  symlinkSync(join(REPOSITORY, 'node_modules'), nodeModules, 'junction');

/** Plants the workspace, with files of a test's own in it. */
export function acmeWorkspace(install: Install = linked, files: Files = {}): AcmeWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'drydock proofs '));
  for (const [path, content] of Object.entries({ ...FILES, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  install(join(root, 'node_modules'));
  const ledger = ledgerFile(root);
  let last: Outcome | undefined;
  return {
    root,
    run: (sandbox, command, env = {}) => {
      last = sandbox.run(command, {
        cwd: root,
        env: {
          ...unsteered(process.env),
          NX_CACHE_DIRECTORY: join(root, '.nx/cache'),
          NO_COLOR: '1',
          ...env,
        },
        timeout: MOST_MS,
      });
      return last;
    },
    ledger: () => {
      if (existsSync(ledger)) return JSON.parse(readFileSync(ledger, 'utf8'));
      throw new Error(
        `No run left a ledger. The last one ended with ${last?.status} and said:\n${last?.output}`,
      );
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** What Nx, Vitest, npm and the guard around a test say to their children would steer the run inside. */
export function unsteered(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const steering = /^(?:NX_|VITEST|DRYDOCK_|npm_|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$|CI$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !steering.test(name)));
}
