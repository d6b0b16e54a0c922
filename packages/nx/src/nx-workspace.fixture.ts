import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { plant, type Tree } from './tree.fixture.js';

const REPOSITORY = join(import.meta.dirname, '../../..');
const NX = join(dirname(createRequire(import.meta.url).resolve('nx/package.json')), 'dist/bin/nx.js');
// Nx loads native code and starts a shell, which the guard of an offline test refuses; this Nx is the thing under test.
const UNGUARDED = ['-u', 'NODE_OPTIONS', '-u', 'DRYDOCK_GUARD_INHERIT'];
const MOST_MS = 60_000;

/** A real Nx workspace in a folder of its own. */
export interface NxWorkspace {
  readonly root: string;
  /** Runs Nx without any socket of its own and returns everything it printed. */
  nx(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): { status: number | null; output: string };
}

/** Plants a workspace that finds its packages where this repository has them, so that nothing is installed. */
export function nxWorkspace(tree: Tree, atEnd?: (remove: () => void) => void): NxWorkspace {
  const root = plant(tree, atEnd);
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'), 'junction');
  return {
    root,
    nx(args, env = {}) {
      const { status, stdout, stderr } = spawnSync(
        'env',
        [...UNGUARDED, ...pairs(env), process.execPath, NX, ...args],
        {
          cwd: root,
          env: {
            ...withoutNx(process.env),
            ...OFFLINE_NX,
            NX_CACHE_DIRECTORY: join(root, '.nx/cache'),
            ...env,
          },
          encoding: 'utf8',
          timeout: MOST_MS,
        },
      );
      return { status, output: `${stdout}${stderr}` };
    },
  };
}

function pairs(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

const OFFLINE_NX = {
  NX_DAEMON: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  NX_DEFAULT_OUTPUT_STYLE: 'static',
  FORCE_COLOR: '0',
};

// The test itself may run under Nx or Vitest, whose variables would steer the Nx inside.
function withoutNx(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:NX_|VITEST|DRYDOCK_|CI$)/.test(name)),
  );
}
