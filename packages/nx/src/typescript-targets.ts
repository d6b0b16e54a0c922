import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import type { TargetConfiguration } from '@nx/devkit';
import { parse as parseJson } from 'jsonc-parser';

interface TsConfig {
  compilerOptions?: { outDir?: string };
}

/**
 * `build` and `typecheck` of a project with a `tsconfig.json`; nothing for one without. A package's own `bundle` script
 * is the end of its build.
 */
export function typescriptTargets(
  workspaceRoot: string,
  projectRoot: string,
): Record<string, TargetConfiguration> {
  const path = join(workspaceRoot, projectRoot, 'tsconfig.json');
  if (!existsSync(path)) return {};
  const { compilerOptions } = (parseJson(readFileSync(path, 'utf8')) ?? {}) as TsConfig;
  const shared: TargetConfiguration = {
    executor: 'nx:run-commands',
    cache: true,
    dependsOn: ['^build'],
    inputs: ['default', '^default', '{workspaceRoot}/tsconfig.base.json'],
  };
  const command = hasBundle(join(workspaceRoot, projectRoot)) ? 'tsc -b && npm run bundle' : 'tsc -b';
  return {
    build: {
      ...shared,
      options: { command, cwd: '{projectRoot}' },
      outputs: [join('{projectRoot}', compilerOptions?.outDir ?? 'dist')],
      metadata: { technologies: ['typescript'], description: 'Compiles the project and its references' },
    },
    typecheck: {
      ...shared,
      // Writes nothing, so that it can run beside the builds that read the same build info.
      options: {
        command: 'tsc -p tsconfig.json --noEmit --composite false --incremental false',
        cwd: '{projectRoot}',
      },
      outputs: [],
      metadata: {
        technologies: ['typescript'],
        description: 'Checks types, tests included, and writes nothing',
      },
    },
  };
}

function hasBundle(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  return JSON.parse(readFileSync(manifest, 'utf8')).scripts?.bundle !== undefined;
}
