import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CorpusProject, IMPORTS } from './corpus-project.fixture.js';

/** How a project is run. */
export type Way = 'plain' | 'vitest' | 'drydock' | 'nx';

/** Vitest reporter that notes what failed. */
export const REPORTER = fileURLToPath(new URL('../src/failed-tests-reporter.mjs', import.meta.url));

/** Writes a project into a temporary folder of its own and returns the folder. */
export function plantAlone(project: CorpusProject, way: Way, modules: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `corpus-${project.name}-`)));
  write(root, filesOf(project, way));
  symlinkSync(modules, join(root, 'node_modules'), 'junction');
  return root;
}

/** Writes projects as the packages of one Nx workspace and returns the workspace's folder. */
export function plantWorkspace(projects: readonly CorpusProject[], modules: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'corpus-nx-')));
  write(root, {
    'package.json': '{ "name": "whole", "private": true, "workspaces": ["packages/*"] }',
    'nx.json': '{ "plugins": ["@drydock/nx"], "analytics": false, "useDaemonProcess": false }',
  });
  for (const project of projects) write(join(root, 'packages', project.name), filesOf(project, 'nx'));
  symlinkSync(modules, join(root, 'node_modules'), 'junction');
  return root;
}

/** Whether a project chooses reporters itself, so that none can be added. */
export function hasOwnReporter({ args = [], test = '' }: CorpusProject): boolean {
  return args.some((arg) => arg.startsWith('--reporter')) || test.includes('reporters:');
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function filesOf({ name, files, test = '' }: CorpusProject, way: Way): Record<string, string> {
  const plugin = way === 'plain' ? '' : "import { drydock } from '@drydock/test-gating/vitest';\n";
  const plugins = way === 'plain' ? '' : 'plugins: [drydock()], ';
  // Nx hands its arguments to every package, so that there the configuration names the reporter.
  const reporters = way === 'nx' ? `reporters: ['default', ${JSON.stringify(REPORTER)}], ` : '';
  const own = Object.entries(files).map(([path, text]) => [
    path,
    /\.test\.\w+$/.test(path) ? IMPORTS + text : text,
  ]);
  return {
    'package.json': JSON.stringify({ name, version: '1.0.0', type: 'module' }),
    'vitest.config.js': `${plugin}export default { ${plugins}test: { ${reporters}${test} } };\n`,
    ...Object.fromEntries(own),
  };
}
