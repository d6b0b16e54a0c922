import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { nxLog, runsFolder } from '@drydock/workspace';
import type { CorpusProject } from './corpus-project.fixture.js';
import { execute } from './execute.js';
import type { Installation } from './installation.js';
import { plantWorkspace } from './plant-project.js';
import { failedIn, type Run } from './run-project.js';

/** What one `drydock run` of a workspace did. */
export interface WorkspaceRun {
  /** The run as a whole. */
  readonly whole: Run;
  /** Each project's own task; its code is -1 where Vitest did not get as far as its reporters. */
  readonly tasks: ReadonlyMap<string, Run>;
}

/** Plants projects as packages of one Nx workspace, runs it once by `drydock run` and removes it again. */
export async function runByNx(
  projects: readonly CorpusProject[],
  { node, modules }: Installation,
): Promise<WorkspaceRun> {
  const root = plantWorkspace(projects, modules);
  try {
    const ended = await execute(node, [join(modules, '@drydock/test-gating/bin/drydock.js'), 'run'], root);
    const [run = ''] = existsSync(runsFolder(root)) ? readdirSync(runsFolder(root)) : [];
    const log = outputByProject(textOf(nxLog(join(runsFolder(root), run))));
    const tasks = projects.map(({ name }): [string, Run] => {
      const folder = join(root, 'packages', name);
      const code = Number(textOf(join(folder, 'corpus-exit.json')) || -1);
      return [name, { code, output: log.get(name) ?? '', failed: failedIn(folder) }];
    });
    return { whole: { ...ended, failed: undefined }, tasks: new Map(tasks) };
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

function outputByProject(log: string): Map<string, string> {
  const parts = stripVTControlCharacters(log).split(/^> nx run (?=\S+:test)/mu);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
