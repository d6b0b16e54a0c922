import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSuite } from './generated-suite.js';
import { writeNoGuard } from './no-guard.js';

/** What a suite is run under. */
export type Variant = 'plain' | 'gate' | 'guard';

const GATED = `import { drydock } from '@drydock/test-gating/vitest';
export default { plugins: [drydock()] };
`;
const PLAIN = 'export default {};\n';

const GATING = fileURLToPath(new URL('../', import.meta.resolve('@drydock/test-gating')));

/**
 * Makes a project around the suite. With the gate it gets a copy of the built `@drydock/test-gating`, so that the one
 * without the guard can have something in the guard's place that does nothing, and the rest is alike.
 */
export function writeProject(folder: string, variant: Variant): void {
  writeSuite(folder);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'suite', private: true, type: 'module' }),
  );
  writeFileSync(join(folder, 'vitest.config.js'), variant === 'plain' ? PLAIN : GATED);
  const modules = join(folder, 'node_modules');
  link('vitest', modules);
  if (variant === 'plain') return;
  const { dependencies } = JSON.parse(readFileSync(join(GATING, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    if (name !== '@drydock/network-guard' || variant === 'guard') link(name, modules);
  }
  if (variant === 'gate') writeNoGuard(join(modules, '@drydock/network-guard'));
  const copy = join(modules, '@drydock/test-gating');
  cpSync(join(GATING, 'dist'), join(copy, 'dist'), { recursive: true });
  cpSync(join(GATING, 'package.json'), join(copy, 'package.json'));
}

function link(name: string, modules: string): void {
  const folders = createRequire(join(GATING, 'package.json')).resolve.paths(name) ?? [];
  const installed = folders.map((folder) => join(folder, name)).find(existsSync);
  if (installed === undefined) throw new Error(`${name} is not installed. Run npm ci, then try again.`);
  mkdirSync(dirname(join(modules, name)), { recursive: true });
  symlinkSync(installed, join(modules, name), 'junction');
}

/** Path of Vitest's command. */
export function vitestCommand(): string {
  return join(
    dirname(createRequire(join(GATING, 'package.json')).resolve('vitest/package.json')),
    'vitest.mjs',
  );
}
