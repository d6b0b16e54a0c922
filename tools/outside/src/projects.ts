import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { application } from './consumers.js';
import { ENTRIES, PACKAGES, VERSION } from './published.js';
import { CACHE } from './registry.js';

/** A command of a project and what it has to end with. */
export interface Step {
  readonly command: readonly string[];
  /** @default 0 */
  readonly code?: number;
  /** Texts that its output has to hold. */
  readonly says?: readonly string[];
}

/** A project of somebody else: its files, how it is installed, and what it does with the packages. */
export interface OutsideProject {
  readonly name: string;
  readonly files: Readonly<Record<string, string | object>>;
  /** Once, on the Node that runs this. */
  readonly install: readonly Step[];
  /** On each version of Node. */
  readonly steps: readonly Step[];
  /** Whether the version of Vitest matters to it. */
  readonly usesVitest: boolean;
}

const MANAGERS = join(CACHE, 'package-managers/node_modules');
const PNPM = ['node', join(MANAGERS, 'pnpm/bin/pnpm.mjs')];
const YARN = ['node', join(MANAGERS, '@yarnpkg/cli-dist/bin/yarn.js')];
const NPM_INSTALL: Step = { command: ['npm', 'install', '--no-audit', '--no-fund', '--silent'] };

const TEST = "import { expect, it } from 'vitest';\nit('adds', () => expect(1 + 1).toBe(2));\n";
const GATED =
  "import { it } from 'vitest';\nthrow new Error('a gated file was imported');\nit('asks', () => {});\n";
const SHOP = { 'shop/price.test.ts': TEST, 'shop/price.integration.test.ts': GATED };
const GREEN: Pick<Step, 'says'> = { says: ['offline · guard active', '1 passed', '1 gated'] };
const REACHES = "fetch('http://shop.example.com/').catch(() => {});\n";

/** From nothing to a green offline run: `init` from the registry, an install, a run, and a second `init`. */
function started(manager: readonly string[], exec: readonly string[], vitest: string) {
  const install: Step = { command: manager };
  const init = {
    command: ['npx', '--yes', `@drydock/test-gating@${VERSION}`, 'init', '--yes'],
    says: ['Next:'],
  };
  const again: Step = { command: [...exec, 'drydock', 'init', '--yes'], says: ['Nothing to change.'] };
  const manifest = { name: 'acme', private: true, type: 'module', devDependencies: { vitest } };
  return { manifest, install: [install, init, install, again] };
}

/** The projects, for a version of Vitest. */
export function outsideProjects(vitest: string): readonly OutsideProject[] {
  const npm = started(NPM_INSTALL.command, ['npx', '--no-install'], vitest);
  const pnpm = started([...PNPM, 'install', '--no-frozen-lockfile'], [...PNPM, 'exec'], vitest);
  const yarn = started([...YARN, 'install'], [...YARN, 'run'], vitest);
  const member = { 'shop/package.json': { name: 'shop', type: 'module' }, ...SHOP };
  const app = {
    '@drydock/llm': VERSION,
    '@drydock/llm-groq': VERSION,
    '@drydock/storage-redis': VERSION,
    '@drydock/storage-postgres': VERSION,
  };
  const run = { command: ['npm', 'test'], ...GREEN };
  return [
    {
      name: 'plain',
      files: { 'package.json': npm.manifest, ...SHOP },
      install: npm.install,
      steps: [run],
      usesVitest: true,
    },
    {
      name: 'commonjs',
      files: {
        'package.json': { ...npm.manifest, type: 'commonjs' },
        'vitest.config.ts': 'export default { test: {} };\n',
        ...SHOP,
      },
      install: npm.install,
      steps: [run],
      usesVitest: true,
    },
    {
      name: 'pnpm',
      files: {
        'package.json': pnpm.manifest,
        'pnpm-workspace.yaml': "packages: ['shop']\nminimumReleaseAge: 0\n",
        ...member,
      },
      install: pnpm.install,
      steps: [{ command: [...PNPM, 'test'], ...GREEN }],
      usesVitest: true,
    },
    {
      name: 'yarn',
      files: { 'package.json': { ...yarn.manifest, workspaces: ['shop'] }, 'yarn.lock': '', ...member },
      install: yarn.install,
      steps: [{ command: [...YARN, 'test'], ...GREEN }],
      usesVitest: true,
    },
    {
      name: 'nx',
      files: {
        'package.json': { ...npm.manifest, workspaces: ['shop'], devDependencies: { vitest, nx: '23' } },
        'nx.json': { analytics: false },
        ...member,
      },
      install: npm.install,
      steps: [
        run,
        { command: ['npx', 'nx', 'g', '@drydock/nx:init', '--dry-run', '--no-interactive'], says: ['dry'] },
      ],
      usesVitest: true,
    },
    ...['module', 'commonjs'].map((type) => ({
      name: `app-${type}`,
      files: { 'package.json': { name: 'app', type, dependencies: app }, 'app.js': application(type) },
      install: [NPM_INSTALL],
      steps: [{ command: ['node', 'app.js'], says: ['redis', 'postgres', 'function'] }],
      usesVitest: false,
    })),
    ...['jest', 'mocha'].map((runner) => ({
      name: runner,
      files: {
        'package.json': {
          name: 'app',
          devDependencies: { [runner]: '*', '@drydock/network-guard': VERSION },
        },
        [runner === 'jest' ? 'a.test.js' : 'test/a.js']:
          `it('swallows a refusal', async () => {\n  await ${REACHES}});\n`,
      },
      install: [NPM_INSTALL],
      steps: [
        {
          command: [
            'node',
            '--require',
            '@drydock/network-guard/register',
            `node_modules/${runner}/bin/${runner}.js`,
          ],
          code: 3,
          says: ['shop.example.com'],
        },
      ],
      usesVitest: false,
    })),
    typesConsumer(vitest),
  ];
}

/** Every entry that has types, as a strict consumer with each way of resolution sees it. */
function typesConsumer(vitest: string): OutsideProject {
  const lines = ENTRIES.map((entry, index) => `export * as m${index} from '${entry}';`);
  const check = (module: string, resolution: string): Step => ({
    command: [
      'npx',
      '--no-install',
      'tsc',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      'false',
      '--target',
      'es2022',
      '--types',
      'node',
      '--module',
      module,
      '--moduleResolution',
      resolution,
      'consumer.ts',
    ],
  });
  return {
    name: 'types',
    files: {
      'package.json': {
        name: 'consumer',
        type: 'module',
        dependencies: Object.fromEntries(PACKAGES.map((name) => [name, VERSION])),
        devDependencies: { vitest, typescript: '5.9', '@types/node': '20' },
      },
      'consumer.ts': `${lines.join('\n')}\n`,
    },
    install: [NPM_INSTALL],
    steps: [check('node16', 'node16'), check('nodenext', 'nodenext'), check('esnext', 'bundler')],
    usesVitest: false,
  };
}

/** Why a project cannot be tried here; undefined where it can. */
export function missing({ install }: OutsideProject): string | undefined {
  const programs = install.flatMap(({ command }) => command).filter((part) => part.startsWith(MANAGERS));
  const lost = programs.find((program) => !existsSync(program));
  return lost && `${lost} is not there; .ci/run installs it`;
}
