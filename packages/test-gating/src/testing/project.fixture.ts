import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectLedgerFile } from '@drydock/workspace';
import type { Ledger } from '../ledger/schema.js';

const WORKSPACE = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
/** Path of the command. */
export const DRYDOCK = join(WORKSPACE, 'packages/test-gating/bin/drydock.js');

const CONFIG = `
import { drydock } from '@drydock/test-gating/vitest';
import { defineConfig } from 'vitest/config';
export default defineConfig({ plugins: [drydock()] });
`;

/** Result of a command in a fixture project. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines that tests, hooks and modules of the fixture wrote through `ran(…)`, in order. */
  readonly ran: readonly string[];
  readonly ledger: Ledger | undefined;
}

/** A project of its own in a temporary folder, with this workspace's packages installed. */
export interface FixtureProject {
  readonly root: string;
  write(path: string, text: string): void;
  /** A variable that is undefined is not set. */
  vitest(args?: readonly string[], env?: Record<string, string | undefined>): Promise<Outcome>;
  drydock(args: readonly string[], env?: Record<string, string>): Promise<Outcome>;
  /** Runs a script of the project's own. */
  node(args: readonly string[], env?: Record<string, string>): Promise<Outcome>;
  remove(): void;
}

/** Makes a project from file texts; `ran.mjs` is there for them to tell what was executed. */
export function createFixtureProject(files: Record<string, string>): FixtureProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'drydock-fixture-')));
  const log = join(root, 'ran.log');
  symlinkSync(join(WORKSPACE, 'node_modules'), join(root, 'node_modules'), 'junction');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', JSON.stringify({ name: 'fixture', type: 'module' }));
  write('vitest.config.ts', CONFIG);
  write(
    'ran.mjs',
    `import { appendFileSync } from 'node:fs';\nexport const ran = (what) => appendFileSync(${JSON.stringify(log)}, what + '\\n');\n`,
  );
  for (const [path, text] of Object.entries(files)) write(path, text);

  const execute = async (
    args: readonly string[],
    env: Record<string, string | undefined> = {},
  ): Promise<Outcome> => {
    rmSync(log, { force: true });
    const output = await runNode(args, root, env);
    const ledgerPath = projectLedgerFile(root, 'fixture');
    const ledger = existsSync(ledgerPath)
      ? (JSON.parse(readFileSync(ledgerPath, 'utf8')) as Ledger)
      : undefined;
    const ran = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return { ...output, ran, ledger };
  };
  return {
    root,
    write,
    vitest: (args = [], env) => execute([VITEST, 'run', ...args], env),
    drydock: (args, env) => execute([DRYDOCK, ...args], env),
    node: execute,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function runNode(args: readonly string[], cwd: string, env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, ...output }));
  });
}

/** The outer run's own settings must not reach the inner one. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const outer = /^(DRYDOCK_|VITEST|NX_|TEST$|NODE_ENV$|NODE_OPTIONS$|GITHUB_ACTIONS$|CI$|FORCE_COLOR$)/;
  const kept = Object.entries(process.env).filter(([name]) => !outer.test(name));
  // The guard of this test blocks `unshare`; tools/proofs tests the network namespace.
  return { ...Object.fromEntries(kept), NO_COLOR: '1', DRYDOCK_NO_WALL: '1' };
}
