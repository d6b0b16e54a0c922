import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CorpusProject, IMPORTS } from './corpus-project.fixture.js';

/** How a project is run. */
export type Way = 'plain' | 'vitest' | 'drydock' | 'nx';

/** Writes a project into a temporary folder of its own and returns the folder. */
export function plantProject(project: CorpusProject, way: Way, modules: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `corpus-${project.name}-`)));
  const home = way === 'nx' ? 'packages/own/' : '';
  for (const [path, text] of Object.entries(filesOf(project, way))) {
    const target = join(root, home, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  if (way === 'nx') plantWorkspace(root);
  symlinkSync(modules, join(root, 'node_modules'), 'junction');
  return root;
}

function filesOf({ files, test }: CorpusProject, way: Way): Record<string, string> {
  const plugin = way === 'plain' ? '' : "import { drydock } from '@drydock/test-gating/vitest';\n";
  const plugins = way === 'plain' ? '' : 'plugins: [drydock()], ';
  const own = Object.entries(files).map(([path, text]) => [
    path,
    /\.test\.\w+$/.test(path) ? IMPORTS + text : text,
  ]);
  return {
    'package.json': '{ "name": "own", "version": "1.0.0", "type": "module" }',
    'vitest.config.js': `${plugin}export default { ${plugins}test: { ${test ?? ''} } };\n`,
    ...Object.fromEntries(own),
  };
}

function plantWorkspace(root: string): void {
  writeFileSync(
    join(root, 'package.json'),
    '{ "name": "whole", "private": true, "workspaces": ["packages/*"] }',
  );
  writeFileSync(
    join(root, 'nx.json'),
    '{ "plugins": ["@drydock/nx"], "analytics": false, "useDaemonProcess": false }',
  );
}
