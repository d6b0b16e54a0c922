import { describe, expect, it } from 'vitest';
import {
  ALL_LEVELS,
  CONNECTIVITY,
  INTEGRATION,
  NETWORKED_SOURCE,
  SMOKE,
  SUFFIXED_FILES,
  TAGGED_ELSEWHERE,
  TAGGED_SOURCES,
  UNTAGGED_OBJECTS,
  UNTAGGED_SOURCES,
} from './marked-sources.fixture.js';
import { infer, packages } from './tree.fixture.js';

const targetsOf = async (files: Record<string, string | object>, options?: Parameters<typeof infer>[1]) => {
  const projects = await infer(packages({ api: files }), options);
  return projects['packages/api']?.targets ?? {};
};

describe('which targets a package gets', () => {
  it('has no level without a test file', async () => {
    expect(await targetsOf({ 'src/a.ts': '' })).toEqual({});
  });

  it('has the levels that unmarked tests belong to', async () => {
    expect(Object.keys(await targetsOf({ 'src/a.test.ts': '' }))).toEqual(['test', 'slow']);
  });

  it.each(SUFFIXED_FILES)('reads the suffix of %s', async (file, level) => {
    expect(Object.keys(await targetsOf({ [file]: '' })).sort()).toEqual([level, 'slow', 'test'].sort());
  });

  it.each(TAGGED_SOURCES)('reads the tag in %s', async (source) => {
    expect(await targetsOf({ 'src/a.test.ts': source })).toHaveProperty(INTEGRATION);
  });

  it.each(UNTAGGED_SOURCES)('finds no tag in %s', async (source) => {
    expect(await targetsOf({ 'src/a.test.ts': source })).not.toHaveProperty(INTEGRATION);
  });

  it('gives every level that a tag from another file may ask for', async () => {
    const targets = await targetsOf({ 'src/a.test.ts': TAGGED_ELSEWHERE });
    expect(Object.keys(targets).sort()).toEqual(ALL_LEVELS);
  });

  it.each(UNTAGGED_OBJECTS)('gives none for %s', async (source) => {
    expect(Object.keys(await targetsOf({ 'src/a.test.ts': source }))).toEqual(['test', 'slow']);
  });

  it('looks into __tests__ where a Vitest configuration speaks of it', async () => {
    const file = { [`__tests__/a.${INTEGRATION}.ts`]: '' };
    const config = `export default { test: { include: ['**/__tests__/**/*.ts'] } };`;
    expect(await targetsOf(file)).toEqual({});
    expect(await targetsOf({ ...file, 'vitest.config.ts': config })).toHaveProperty(INTEGRATION);
    const shared = await infer({ ...packages({ api: file }), 'vitest.shared.mts': config });
    expect(shared['packages/api']?.targets).toHaveProperty(INTEGRATION);
  });

  it('compiles where there is a tsconfig.json, with comments or without', async () => {
    const targets = await targetsOf({
      'tsconfig.json': '// ours\n{ "compilerOptions": { "outDir": "out", }, }',
      'src/a.test.ts': '',
    });
    expect(targets.build).toMatchObject({ options: { command: 'tsc -b' }, outputs: ['{projectRoot}/out'] });
    expect(targets.typecheck?.outputs).toEqual([]);
    expect(targets.test?.dependsOn).toEqual(['^build', 'build']);
  });

  it("ends a build with the package's own bundle", async () => {
    const manifest = { name: 'bundled', scripts: { bundle: 'rolldown -c' } };
    const targets = await targetsOf({ 'tsconfig.json': {}, 'package.json': manifest, 'src/a.test.ts': '' });
    expect(targets.build?.options.command).toBe('tsc -b && npm run bundle');
  });

  it('leaves compiling alone when asked', async () => {
    const targets = await targetsOf({ 'tsconfig.json': {}, 'src/a.test.ts': '' }, { typescript: false });
    expect(Object.keys(targets)).toEqual(['test', 'slow']);
  });
});

describe('the smallest set and the endpoints', () => {
  const manifest = { name: 'store', drydock: { backend: 'store', service: './dist/service.js' } };

  it('has the smallest set where a granted test carries its tag, in the text or in the name', async () => {
    const tagged = { 'a.integration.test.ts': `test('x', { tags: ['${SMOKE}'] })` };
    expect(await targetsOf(tagged)).toHaveProperty(SMOKE);
    expect(await targetsOf({ [`a.${SMOKE}.integration.test.ts`]: '' })).toHaveProperty(SMOKE);
    expect(await targetsOf({ [`a.${SMOKE}.test.ts`]: '' })).not.toHaveProperty(SMOKE);
  });

  it('asks a server or a provider that the manifest describes, without any test', async () => {
    const targets = await targetsOf({ 'package.json': manifest });
    expect(Object.keys(targets)).toEqual([CONNECTIVITY]);
    expect(targets[CONNECTIVITY]).toMatchObject({
      cache: false,
      options: { command: 'drydock connectivity', env: { DRYDOCK_LEVEL: CONNECTIVITY } },
    });
    const probe = { url: 'https://talk.test', key: 'TALK_KEY', header: 'x-key' };
    const provider = { name: 'talk', drydock: { provider: 'talk', probe } };
    expect(await targetsOf({ 'package.json': provider })).toHaveProperty(CONNECTIVITY);
    expect(await targetsOf({ 'package.json': { name: 'plain' } })).toEqual({});
  });

  it('asks before it runs the tests of the level', async () => {
    const targets = await targetsOf({ 'package.json': manifest, 'a.connectivity.test.ts': '' });
    expect(targets[CONNECTIVITY]?.options.command).toBe('drydock connectivity && vitest run');
  });
});

describe('what a level target does', () => {
  it('runs the command in the package at a level that no .env file can raise', async () => {
    const { test, integration } = await targetsOf({ 'a.integration.test.ts': '' });
    expect(test?.options).toEqual({
      command: 'vitest run',
      cwd: '{projectRoot}',
      env: { DRYDOCK_LEVEL: 'test' },
    });
    expect(integration?.options.env).toEqual({ DRYDOCK_LEVEL: INTEGRATION });
  });

  it('caches the offline levels and no other', async () => {
    const targets = await targetsOf({ 'a.test.ts': NETWORKED_SOURCE });
    const cached = Object.entries(targets).filter(([, { cache }]) => cache);
    expect(cached.map(([name]) => name)).toEqual(['test', 'slow']);
    expect(targets.integration).toMatchObject({ cache: false, parallelism: false });
    expect(targets.test).not.toHaveProperty('parallelism');
  });

  it('keeps its ledger as an output', async () => {
    const { test } = await targetsOf({ 'a.test.ts': '' });
    expect(test?.outputs).toEqual(['{workspaceRoot}/.drydock/acme-api']);
  });

  it('says what it grants', async () => {
    const { smoke } = await targetsOf({ 'a.test.ts': NETWORKED_SOURCE });
    expect(smoke?.metadata?.description).toContain('network: lan + public');
  });
});

describe("somebody else's workspace", () => {
  it('takes their command, markers, levels and target names', async () => {
    const options = {
      command: 'pnpm exec vitest run',
      markers: [{ name: 'gpu', description: 'needs a GPU' }],
      levels: [{ name: 'nightly', grants: ['slow', 'gpu'], unmarked: true }],
      targetNames: { test: 'unit' },
    };
    const targets = await targetsOf({ 'a.gpu.test.ts': '' }, options);
    expect(Object.keys(targets).sort()).toEqual(['gpu', 'nightly', 'slow', 'unit']);
    expect(targets.gpu).toMatchObject({ cache: true, options: { command: options.command } });
  });

  it('takes markers and levels from the root manifest', async () => {
    const projects = await infer({
      'package.json': {
        workspaces: ['a'],
        drydock: { markers: [{ name: 'gpu', description: 'needs a GPU' }] },
      },
      'a/package.json': { name: 'a' },
      'a/a.gpu.test.ts': '',
    });
    expect(projects.a?.targets).toHaveProperty('gpu');
  });

  it('knows pnpm workspaces, project.json files and a root that is the only project', async () => {
    const pnpm = await infer({
      'package.json': {},
      'pnpm-workspace.yaml': 'packages:\n  - "libs/**"\n  - "!libs/old"\n',
      'libs/a/package.json': { name: 'a' },
      'libs/old/package.json': { name: 'old' },
      'libs/a/a.test.ts': '',
    });
    expect(Object.keys(pnpm)).toEqual(['libs/a']);
    const classic = await infer({ 'apps/a/project.json': { name: 'shop' }, 'apps/a/a.test.ts': '' });
    expect(classic['apps/a']?.targets?.test?.outputs).toEqual(['{workspaceRoot}/.drydock/shop']);
    const single = await infer({ 'package.json': { name: 'one', nx: {} }, 'a.test.ts': '' });
    expect(Object.keys(single)).toEqual(['.']);
  });

  it('ignores manifests that are not workspace packages, and gives a test to the deepest project', async () => {
    const projects = await infer({
      'package.json': { workspaces: ['packages/**'] },
      'packages/a/package.json': { name: 'a' },
      'packages/a/b/package.json': { name: 'b' },
      'packages/a/b/b.test.ts': '',
      'examples/c/package.json': { name: 'c' },
      'examples/c/c.test.ts': '',
    });
    expect(Object.keys(projects)).toEqual(['packages/a', 'packages/a/b']);
    expect(projects['packages/a']?.targets).toEqual({});
    expect(projects['packages/a/b']?.targets).toHaveProperty('test');
  });
});
