import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Install, REPOSITORY } from './workspace.fixture.js';

const SCOPE = '@drydock';

/** A package as it would be published. */
export interface Packed {
  readonly name: string;
  readonly files: readonly string[];
}

/** What `npm pack` puts into the packages that are not private. */
export function packAll(): readonly Packed[] {
  // Through the shell only where npm is not a program but a script of one.
  const { stdout, stderr } = spawnSync(
    'npm',
    ['pack', '--dry-run', '--json', '--ignore-scripts', '--workspaces'],
    {
      cwd: REPOSITORY,
      encoding: 'utf8',
      shell: process.platform === 'win32',
      timeout: 60_000,
      maxBuffer: 64 << 20,
    },
  );
  if (!stdout) throw new Error(`npm pack failed: ${stderr}`);
  const listed: { name: string; files: { path: string }[] }[] = Object.values(JSON.parse(stdout));
  return listed
    .map(({ name, files }) => ({ name, files: files.map(({ path }) => path) }))
    .filter(({ name }) => !isPrivate(name));
}

/** Installs packages as they would be published: nothing else of them is there, and no link leads back. */
export function asPublished(packages: readonly Packed[]): Install {
  return (nodeModules) => {
    const installed = join(REPOSITORY, 'node_modules');
    mkdirSync(nodeModules);
    for (const name of readdirSync(installed).filter((name) => name !== SCOPE)) {
      symlinkSync(join(installed, name), join(nodeModules, name), 'junction');
    }
    for (const { name, files } of packages) {
      for (const file of files) copy(join(installed, name, file), join(nodeModules, name, file));
      const own = join(installed, name, 'node_modules');
      if (existsSync(own)) symlinkSync(own, join(nodeModules, name, 'node_modules'), 'junction');
    }
  };
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

function isPrivate(name: string): boolean {
  return (
    JSON.parse(readFileSync(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8')).private === true
  );
}
