import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { OutsideProject, Step } from './projects.js';
import type { LocalRegistry } from './registry.js';

const MOST_MS = 300_000;

/** Writes a project and installs it; the problem as text, or undefined. */
export function install(
  folder: string,
  project: OutsideProject,
  registry: LocalRegistry,
): string | undefined {
  const files = { ...project.files, '.npmrc': registry.npmrc, '.yarnrc.yml': yarnSettings(registry) };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(
      join(folder, path),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    );
  }
  return firstProblem(project.install, folder, process.execPath);
}

/** Runs the project's steps on a version of Node; the problem as text, or undefined. */
export function tryOn(folder: string, { steps }: OutsideProject, node: string): string | undefined {
  return firstProblem(steps, folder, node);
}

function firstProblem(steps: readonly Step[], folder: string, node: string): string | undefined {
  for (const step of steps) {
    const { code = 0, says = [], command } = step;
    const [program = '', ...args] = command;
    const result = spawnSync(program === 'node' ? node : program, args, {
      cwd: folder,
      env: { ...ownEnvironment(), PATH: [dirname(node), process.env.PATH].join(delimiter) },
      encoding: 'utf8',
      timeout: MOST_MS,
    });
    const output = `${result.stdout}${result.stderr}`;
    const lost = says.filter((text) => !output.includes(text));
    if (result.status === code && lost.length === 0) continue;
    const wrong = lost.length > 0 ? `did not say ${lost.join(' | ')}` : `ended with ${result.status}`;
    return `${command.join(' ')} ${wrong}:\n${output.trim().split('\n').slice(-40).join('\n')}`;
  }
  return undefined;
}

function yarnSettings({ url }: LocalRegistry): string {
  const registry = process.env.npm_config_registry;
  return [
    'nodeLinker: node-modules',
    'enableTelemetry: false',
    'enableImmutableInstalls: false',
    'npmMinimalAgeGate: 0',
    `unsafeHttpWhitelist: ['127.0.0.1']`,
    ...(registry === undefined ? [] : [`npmRegistryServer: '${registry}'`]),
    `npmScopes: { drydock: { npmRegistryServer: '${url}' } }`,
    '',
  ].join('\n');
}

/** What npm, Nx and Vitest say to their children would steer the projects. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const steering = /^(?:NX_|VITEST|DRYDOCK_|npm_|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$|CI$|INIT_CWD$)/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !steering.test(name))),
    NO_COLOR: '1',
  };
}
