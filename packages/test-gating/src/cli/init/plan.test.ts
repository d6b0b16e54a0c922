import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { InitPlan } from './change.js';
import { planInit } from './plan.js';

type Files = Readonly<Record<string, string | object>>;

const IMPORTS =
  "import { drydock } from '@drydock/test-gating/vitest';\nimport { defineConfig } from 'vitest/config';\n";
const CONFIG = `${IMPORTS}\nexport default defineConfig({ plugins: [drydock()] });\n`;
const TEST = "import { it } from 'vitest';\nit('adds', () => {});\n";
const WITH_VITEST = { name: 'shop', type: 'module', devDependencies: { vitest: '^4.1.0' } };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function project(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'drydock-init-'));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) put(root, path, content);
  return root;
}

function put(root: string, path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}

const written = ({ changes }: InitPlan) =>
  Object.fromEntries(changes.map(({ path, after }) => [path, after]));

function initialised(files: Files) {
  const root = project(files);
  const plan = planInit(root);
  for (const { path, after } of plan.changes) put(root, path, after);
  return {
    root,
    plan,
    files: written(plan),
    manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  };
}

describe('a plain project', () => {
  const FILES = { 'package.json': WITH_VITEST, 'price.test.ts': TEST, 'tsconfig.json': {} };

  it('gets the plugin, scripts, what Git ignores and a workflow', () => {
    const { files, manifest } = initialised(FILES);
    expect(Object.keys(files).sort()).toEqual(
      ['.github/workflows/drydock.yml', '.gitignore', 'package.json', 'vitest.config.ts'].sort(),
    );
    expect(files['vitest.config.ts']).toBe(CONFIG);
    expect(files['.gitignore']).toBe('.drydock/\n.env\n.env.*\n!.env.example\n');
    expect(manifest.scripts).toEqual({
      test: 'drydock run',
      'test:integration': 'drydock run --level integration',
    });
    expect(manifest.devDependencies['@drydock/test-gating']).toMatch(/^\^\d/);
  });

  it('is told three things to do next', () => {
    expect(initialised(FILES).plan.next).toEqual([
      'install      npm install',
      'run          npm run test',
      'with servers name the file x.integration.test.ts, then: npm run test:integration',
    ]);
  });

  it.each([
    ['nothing else', {}],
    ['a configuration of its own', { 'vitest.config.ts': 'export default { test: {} };\n' }],
    ['variables', { '.env': 'REDIS_URL=redis://10.0.0.1\nORDERS_URL=amqp://localhost\n' }],
    [
      'files without a last line break',
      { '.gitignore': 'dist', '.env.example': 'PORT=1', '.env': 'GROQ_API_KEY=x' },
    ],
    [
      'packages',
      {
        'package.json': { ...WITH_VITEST, workspaces: ['packages/*'] },
        'packages/a/package.json': {},
        'packages/a/vite.config.ts': 'export default {};',
      },
    ],
    ['Nx', { 'nx.json': {} }],
  ])('has nothing left for a second time, with %s', (_, more) => {
    const { root } = initialised({ ...FILES, ...more });
    expect(planInit(root).changes).toEqual([]);
  });

  it('keeps a workflow that runs the tests already, and leaves other services alone', () => {
    const own = initialised({
      ...FILES,
      '.github/workflows/ci.yml': 'jobs: { a: { steps: [{ run: npm test }] } }',
    });
    const other = initialised({ ...FILES, '.gitlab-ci.yml': '' });
    expect([own, other].map(({ files }) => files['.github/workflows/drydock.yml'])).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('scripts', () => {
  it.each([
    ['vitest', { test: 'drydock run', 'test:watch': 'vitest' }],
    ['vitest run', { test: 'drydock run' }],
    ['vitest run --coverage', { test: 'drydock run -- --coverage' }],
    ['echo "Error: no test specified" && exit 1', { test: 'drydock run' }],
    ['tsc && vitest run', { test: 'tsc && vitest run', 'test:offline': 'drydock run' }],
  ])('`%s` becomes', (test, expected) => {
    const { manifest } = initialised({ 'package.json': { ...WITH_VITEST, scripts: { test } } });
    expect(manifest.scripts).toEqual({ ...expected, 'test:integration': 'drydock run --level integration' });
  });
});

describe('variables', () => {
  const SOURCE = [
    "const a = process.env.REDIS_URL, b = process.env['SEARCH_API_KEY'];",
    'const { ORDERS_URL, PORT = 3, HOME: home } = process.env;',
    'const c = import.meta.env.BILLING_ENDPOINT;',
  ].join('\n');

  it('are named in .env.example, never with a value of the project', () => {
    const { files } = initialised({
      'package.json': WITH_VITEST,
      'src/a.ts': SOURCE,
      '.env': 'ORDERS_URL=amqp://me:hunter2@queue:5672\nSTRIPE_TOKEN=sk_live_abc\n',
    });
    expect(files['.env.example']?.split('\n')).toEqual([
      '# BILLING_ENDPOINT=',
      '# ORDERS_URL=',
      '# REDIS_URL=redis://localhost:6379',
      '# SEARCH_API_KEY=',
      '# STRIPE_TOKEN=',
      '',
    ]);
    expect(Object.values(files).join()).not.toMatch(/hunter2|sk_live/);
  });

  it('that are addresses of own servers are declared, so that integration tests may reach them', () => {
    const { manifest } = initialised({
      'package.json': WITH_VITEST,
      '.env':
        'ORDERS_URL=amqp://queue\nAPI=http://localhost:3000\nHOME_PAGE=https://example.com/\nMONGO_URL=mongodb://db\n',
    });
    expect(manifest.drydock).toEqual({
      variables: { API: { kind: 'address' }, ORDERS_URL: { kind: 'address' } },
    });
  });
});

describe('a workspace', () => {
  it('of pnpm whose packages have configurations gets the plugin in each, and projects at the root', () => {
    const { files, plan } = initialised({
      'package.json': WITH_VITEST,
      'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n  - 'docs'\n",
      'docs/package.json': { name: 'docs' },
      'packages/a/package.json': { name: 'a', type: 'module' },
      'packages/a/vite.config.ts': 'export default { plugins: [react()] };\n',
      'packages/b/package.json': { name: 'b' },
      'packages/b/b.test.js': TEST,
    });
    expect(files['packages/a/vite.config.ts']).toContain('plugins: [drydock(), react()]');
    expect(files['packages/b/vitest.config.mjs']).toBe(CONFIG);
    expect(files['vitest.config.js']).toContain("test: { projects: ['packages/*'] }");
    expect(files['.github/workflows/drydock.yml']).toContain('run: pnpm install --frozen-lockfile');
    expect(plan.next[0]).toBe('install      pnpm install');
  });

  it('of Nx gets the plugin of Nx, and one configuration for all where no package has its own', () => {
    const { files, manifest } = initialised({
      'package.json': { ...WITH_VITEST, workspaces: ['packages/*'] },
      'nx.json': { plugins: ['@nx/js'] },
      'packages/a/package.json': { name: 'a', type: 'module' },
      'packages/a/a.test.js': TEST,
    });
    expect(JSON.parse(files['nx.json'] ?? '').plugins).toEqual([
      '@nx/js',
      { plugin: '@drydock/nx', options: { typescript: false } },
    ]);
    expect(manifest.devDependencies).toHaveProperty('@drydock/nx');
    expect(files['vitest.config.js']).toBe(CONFIG);
  });
});

describe('a project that cannot have all of it', () => {
  it('with another runner is told what works there', () => {
    const root = project({ 'package.json': { devDependencies: { jest: '30.0.0' } } });
    expect(() => planInit(root)).toThrow(/run with jest.*\n.*\n.*@drydock\/network-guard\/register/);
  });

  it('with an old Vitest is told to update it', () => {
    const root = project({ 'package.json': { devDependencies: { vitest: '3.2.4' } } });
    expect(() => planInit(root)).toThrow(/Vitest 3\.2\.4 is here; the plugin needs 4\.1/);
  });

  it('of CommonJS is told that its tests stay as they are', () => {
    const { plan, files } = initialised({ 'package.json': { devDependencies: { vitest: '^4.1.0' } } });
    expect(plan.notes.join()).toContain('This project is CommonJS');
    expect(files['vitest.config.mjs']).toBe(CONFIG);
  });

  it('with a configuration that cannot be edited gets the lines to paste', () => {
    const { plan, files } = initialised({
      'package.json': WITH_VITEST,
      'vitest.config.ts': 'export default createConfig();\n',
    });
    expect(files['vitest.config.ts']).toBeUndefined();
    expect(plan.notes.join()).toContain("import { drydock } from '@drydock/test-gating/vitest';");
  });
});
