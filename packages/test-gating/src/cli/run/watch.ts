import { type Registry, UsageError } from '@drydock/workspace';
import { resolveGrants } from '../../gate/grants.js';
import { GRANT_KEY, TOGGLED } from '../../vitest/grant-key.js';
import type { RunRequest } from '../request/run-request.js';
import { watchVitest } from './driver/drive-vitest.js';
import { openRunFolder } from './run-folder.js';

/**
 * Runs Vitest until somebody ends it, again whenever a file changes. A key grants a marker to the runs that follow and
 * takes it back: Vitest then starts anew, since a process keeps its environment and its network namespace.
 *
 * @throws UsageError together with flags that belong to one run, or in a workspace without exactly one package.
 */
export async function watch(request: RunRequest): Promise<number> {
  refuseFlagsOfOneRun(request);
  const marker = grantedByKey(request.registry);
  const folder = await folderOf(request);
  for (let isGranted = false; ; isGranted = !isGranted) {
    const started = openRunFolder(isGranted ? withGrant(request, marker) : request);
    process.stderr.write(`\n ${describe(started, marker, isGranted)}\n`);
    const { code, signal } = await watchVitest(started, folder);
    if (code !== TOGGLED || signal !== undefined) return code;
  }
}

/** What is granted, and what the key does next. */
function describe({ grants }: RunRequest, marker: string | undefined, isGranted: boolean): string {
  const granted = grants.granted.length === 0 ? 'offline' : `granted: ${grants.granted.join(', ')}`;
  const next = isGranted ? 'takes it back' : `grants ${marker}`;
  return `watching  ${granted}${marker === undefined ? '' : ` · ${GRANT_KEY.label} ${next}`} · q quits`;
}

function withGrant(request: RunRequest, marker: string | undefined): RunRequest {
  const run = [...request.run, ...(marker === undefined ? [] : [marker])];
  const { level, expression } = request.grants;
  return { ...request, run, grants: resolveGrants({ level, run, expression }, request.registry) };
}

/** The marker that most tests with servers have. */
function grantedByKey({ markers }: Registry): string | undefined {
  return markers.find(({ name }) => name === 'integration')?.name;
}

function refuseFlagsOfOneRun(request: RunRequest): void {
  const { json, agent, failed, learn, base, require } = request;
  const given = { json, agent, failed, learn, base: base !== undefined, require: require.length > 0 };
  const [first] = Object.entries(given).flatMap(([flag, isGiven]) => (isGiven ? [flag] : []));
  if (first !== undefined)
    throw new UsageError(`--watch and --${first} do not go together: a watching run has no end to report.`);
}

/** Where Vitest starts: the package that the paths name, in a workspace of Nx. */
async function folderOf({ registry, select, workspaceRoot }: RunRequest): Promise<string> {
  if (!registry.inNx) return workspaceRoot;
  const { listMembers } = await import('@drydock/workspace/members');
  const paths = select.map(({ path }) => `${workspaceRoot}/${path}`);
  const named = listMembers(workspaceRoot).filter(({ root }) =>
    paths.some((path) => path === root || path.startsWith(`${root}/`)),
  );
  if (named.length === 1 && named[0]) return named[0].root;
  throw new UsageError(
    '--watch follows one package. Name it: npx --no-install drydock run --watch packages/shop.',
  );
}
