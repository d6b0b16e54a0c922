import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { nxLog, UsageError } from '@drydock/workspace';
import { ALONE } from '../../../guard/network-namespace.js';
import type { RunRequest } from '../../request/run-request.js';
import { installedBinary } from '../installed-binary.js';
import type { StartedRun } from '../run-folder.js';
import { environmentOfRun } from './environment-of-run.js';
import { type ChildExit, exitOf, startGroup } from './exit-of.js';
import { isolatedCommand } from './isolate-network.js';
import { NxProgress } from './nx-progress.js';

/** Keeps Nx from opening sockets for its daemon and plugin workers, which a sandbox may deny. */
const NO_SOCKETS = { NX_DAEMON: 'false', NX_ISOLATE_PLUGINS: 'false' };
const PLAIN_OUTPUT = { NX_TUI: 'false', NX_DEFAULT_OUTPUT_STYLE: 'static', NX_NO_CLOUD: 'true' };
const NO_NX = 'There is an nx.json here but no Nx. Install it: npm install --save-dev nx.';

/** Runs the level's Nx target over the selected packages, shows how far it is, and returns how Nx ended. */
export async function driveNx(request: StartedRun): Promise<ChildExit> {
  const projects = await projectsOf(request);
  const nx = installedBinary(request.workspaceRoot, 'nx', NO_NX);
  const args = [nx, 'run-many', ...nxArguments(request, projects)];
  const log = createWriteStream(nxLog(request.runFolder));
  const command = isolatedCommand(args, request);
  const child = startGroup(command, {
    cwd: request.workspaceRoot,
    env: {
      ...environmentOfRun(request),
      ...NO_SOCKETS,
      ...PLAIN_OUTPUT,
      ...(projects?.length === 1 && { [ALONE]: '1' }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr?.pipe(log, { end: false });
  const progress = new NxProgress(request);
  const lines = createInterface({ input: child.stdout as Readable });
  lines.on('line', (line) => {
    log.write(`${line}\n`);
    progress.read(stripVTControlCharacters(line));
  });
  let unwritten: Error | undefined;
  log.once('error', (error) => {
    unwritten = error;
  });
  const exit = await exitOf(child).finally(() => progress.end());
  await new Promise((resolve) => log.end(resolve));
  if (unwritten && exit.signal === undefined) throw unwritten;
  return exit;
}

function nxArguments(
  { grants, run, registry, vitestArgs }: RunRequest,
  projects: readonly string[] | undefined,
): string[] {
  const isNetworked = registry.markers.some(
    ({ name, scope }) => grants.granted.includes(name) && (scope ?? 'none') !== 'none',
  );
  // Flags add to the default tests and so use their target, whose cache must not answer for a test that uses a network.
  const cache = isNetworked && run.length + (grants.expression ? 1 : 0) > 0 ? ['--skip-nx-cache'] : [];
  const only = projects === undefined ? [] : ['-p', projects.join(',')];
  const forwarded = vitestArgs.length === 0 ? [] : ['--', ...vitestArgs];
  return ['-t', grants.level, '--outputStyle=static', ...cache, ...only, ...forwarded];
}

/** The projects that the paths of a request name; undefined for the whole workspace. */
async function projectsOf({ select, workspaceRoot }: RunRequest): Promise<string[] | undefined> {
  if (select.length === 0 || select.some(({ path }) => path === '')) return undefined;
  // Loaded only here, so that a run of everything starts quickly.
  const { listMembers } = await import('@drydock/workspace/members');
  const packages = listMembers(workspaceRoot).map(({ name, root }) => ({
    name,
    folder: root.slice(workspaceRoot.length + 1),
  }));
  const chosen = packages.filter(({ folder }) =>
    select.some(({ path }) => isWithin(path, folder) || isWithin(folder, path)),
  );
  if (chosen.length === 0)
    throw new UsageError(`No package of the workspace holds ${select.map(({ path }) => path).join(', ')}.`);
  return chosen.map(({ name }) => name);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
