import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import type { TargetConfiguration } from '@nx/devkit';
import { parse as parseJson } from 'jsonc-parser';

interface TsConfig {
  compilerOptions?: { outDir?: string };
}

/** `build` and `typecheck` of a project with a `tsconfig.json`; nothing for one without. */
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
  return {
    build: {
      ...shared,
      options: { command: 'tsc -b', cwd: '{projectRoot}' },
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
