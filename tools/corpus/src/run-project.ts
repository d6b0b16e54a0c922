import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CorpusProject } from './corpus-project.fixture.js';
import { type Ended, execute } from './execute.js';
import type { Installation } from './installation.js';
import { hasOwnReporter, plantAlone, REPORTER, type Way } from './plant-project.js';

/** What one run of a project did. */
export interface Run extends Ended {
  /** Failed tests, suites and files by name, sorted; undefined where no reporter could be added. */
  readonly failed: readonly string[] | undefined;
}

/** Plants a project, runs it one way and removes it again. */
export async function runProject(
  project: CorpusProject,
  way: Exclude<Way, 'nx'>,
  installation: Installation,
): Promise<Run> {
  const root = plantAlone(project, way, installation.modules);
  try {
    const ended = await execute(installation.node, argumentsOf(project, way, installation), root);
    return { ...ended, failed: failedIn(root) };
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What the reporter noted in a project's folder. */
export function failedIn(folder: string): readonly string[] | undefined {
  const path = join(folder, 'corpus-failed.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function argumentsOf(project: CorpusProject, way: Way, { modules }: Installation): string[] {
  const { args = [], named, files, command = 'run' } = project;
  const reporters = hasOwnReporter(project) ? [] : ['--reporter=default', `--reporter=${REPORTER}`];
  const passed = [...args, ...reporters];
  if (way !== 'drydock') return [join(modules, 'vitest/vitest.mjs'), command, ...passed];
  const path = named ? Object.keys(files).slice(0, 1) : [];
  return [join(modules, '@drydock/test-gating/bin/drydock.js'), 'run', ...path, '--', ...passed];
}
