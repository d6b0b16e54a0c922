import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missing, outsideProjects } from './projects.js';
import { REPOSITORY } from './published.js';
import { type LocalRegistry, nodeProgram, startRegistry } from './registry.js';
import { install, tryOn } from './try-project.js';

/** Versions of Node on which each version of Vitest runs. */
const VITESTS = [
  { vitest: '4.1', nodes: [20, 22, 24, 26] },
  { vitest: '5', nodes: [22, 24, 26] },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string', multiple: true }, vitest: { type: 'string', multiple: true } },
});
const work = mkdtempSync(join(tmpdir(), 'drydock-outside-'));
const registry = await startRegistry(work);
try {
  publish(registry);
  process.exitCode = tryAll(registry) ? 0 : 1;
} finally {
  registry.stop();
  rmSync(work, { recursive: true, force: true });
}

/** `nx release publish`, as a release does it. */
function publish({ url, npmrc }: LocalRegistry): void {
  const userconfig = join(work, 'npmrc');
  writeFileSync(userconfig, npmrc);
  const started = Date.now();
  const result = spawnSync('npx', ['--no-install', 'nx', 'release', 'publish', `--registry=${url}`], {
    cwd: REPOSITORY,
    env: { ...process.env, NPM_CONFIG_USERCONFIG: userconfig, NX_DAEMON: 'false', NX_SKIP_NX_CACHE: 'true' },
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (result.status !== 0) throw new Error(`nx release publish failed:\n${result.stdout}${result.stderr}`);
  console.log(`published in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** A line for each project, version of Vitest and version of Node; whether all of them hold. */
function tryAll(from: LocalRegistry): boolean {
  const wanted = (list: readonly string[] | undefined, one: string) => !list?.length || list.includes(one);
  const problems: string[] = [];
  for (const { vitest, nodes } of VITESTS.filter((one) => wanted(values.vitest, one.vitest))) {
    const projects = outsideProjects(vitest)
      .filter(({ name }) => wanted(positionals, name))
      .filter(({ usesVitest }) => usesVitest || vitest === '4.1');
    for (const project of projects) {
      const folder = join(work, `${project.name}-${vitest}`);
      const started = Date.now();
      const lost = missing(project) ?? install(folder, project, from);
      const cells = nodes
        .filter((node) => wanted(values.node, String(node)))
        .map((node) => {
          const problem = lost ?? tryOn(folder, project, nodeProgram(node));
          if (problem !== undefined)
            problems.push(`${project.name}, Node ${node}, Vitest ${vitest}: ${problem}`);
          return `Node ${node} ${problem === undefined ? 'ok' : 'FAILED'}`;
        });
      const label = project.usesVitest ? `${project.name} with Vitest ${vitest}` : project.name;
      console.log(`${label.padEnd(28)}${cells.join('  ')}  ${Math.round((Date.now() - started) / 1000)} s`);
    }
  }
  for (const problem of [...new Set(problems)]) console.error(`\n${problem}`);
  return problems.length === 0;
}
