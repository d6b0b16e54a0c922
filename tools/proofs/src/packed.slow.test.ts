import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path/posix';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asPublished, type Packed, packAll } from './packed.fixture.js';
import { none } from './sandbox.fixture.js';
import { type AcmeWorkspace, acmeWorkspace } from './workspace.fixture.js';

// Longer than the fixtures give a command, which then says what it was doing.
const TIMEOUT = { timeout: 200_000 };

let packages: readonly Packed[];
let acme: AcmeWorkspace;
beforeAll(() => {
  packages = packAll();
  acme = acmeWorkspace(asPublished(packages));
}, TIMEOUT.timeout);
afterAll(() => acme?.remove());

describe('as they would be published', TIMEOUT, () => {
  it('the packages run the tests of somebody else, and gate what needs a server', () => {
    const { status, output } = acme.run(none, ['npm', 'test'], { NX_SKIP_NX_CACHE: 'true' });
    expect(status, output).toBe(0);
    expect(output).toContain('guard active 2/2');
    expect(acme.ledger().totals).toMatchObject({ passed: 1, gated: 1, failed: 0 });
  });

  it('each has every file that its exports name', () => {
    for (const { name, files } of packages) {
      const targets = exportedFiles(manifestOf(name).exports);
      expect(files, name).toEqual(expect.arrayContaining(targets));
    }
  });

  it('none holds a test, a fixture or a source', () => {
    const strays = packages.flatMap(({ name, files }) =>
      files
        .filter((file) => /\.(?:test|fixture)\.|(?:^|\/)src\/|\.tsbuildinfo$/.test(file))
        .map((file) => `${name}/${file}`),
    );
    expect(strays).toEqual([]);
  });

  it('each module finds what it imports', () => {
    const lost = packages.flatMap(({ name, files }) =>
      files.filter((file) => /\.[cm]?js$/.test(file)).flatMap((file) => lostImports(name, file)),
    );
    expect(lost).toEqual([]);
  });
});

describe('the types of the published packages', TIMEOUT, () => {
  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('hold for a consumer with module %s and moduleResolution %s', (module, moduleResolution) => {
    const subpaths = packages.flatMap(({ name }) => typedSubpaths(name));
    const file = join(acme.root, 'consumer.ts');
    const lines = subpaths.map((subpath, index) => `import type * as m${index} from '${subpath}';`);
    writeFileSync(
      file,
      [...lines, `export type { ${subpaths.map((_, index) => `m${index}`).join(', ')} };`].join('\n'),
    );
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--types', 'node'];
    const resolution = ['--module', module, '--moduleResolution', moduleResolution];
    const { output } = acme.run(none, ['npx', 'tsc', ...options, ...resolution, file]);
    // What others' declarations hold is theirs.
    expect(output.split('\n').filter((line) => /@drydock|consumer\.ts/.test(line))).toEqual([]);
  });

  it('come from dependencies, never from a package that the consumer may not have', () => {
    const lost = packages.flatMap(({ name, files }) =>
      files.filter((file) => /\.d\.[cm]?ts$/.test(file)).flatMap((file) => undeclaredTypes(name, file)),
    );
    expect(lost).toEqual([]);
  });
});

interface Manifest {
  readonly exports?: unknown;
  readonly types?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The subpaths that can be imported, as a consumer writes them. */
function typedSubpaths(name: string): string[] {
  const { exports = {} } = manifestOf(name);
  return Object.entries(exports as Record<string, { readonly types?: string }>)
    .filter(([, target]) => target.types !== undefined)
    .map(([subpath]) => join(name, subpath));
}

/** Packages whose types a declaration file uses, though the manifest does not bring them. */
function undeclaredTypes(name: string, file: string): string[] {
  const { dependencies = {}, peerDependencies = {} } = manifestOf(name);
  const brought = { ...dependencies, ...peerDependencies };
  const text = readFileSync(join(acme.root, 'node_modules', name, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport\() ?['"]([@a-z][\w@/.-]*)['"]/g)].map(
    ([, found = '']) => found,
  );
  const used = specifiers.filter((found) => !found.startsWith('node:') && !isBuiltin(found)).map(packageOf);
  return [...new Set(used)]
    .filter((wanted) => wanted !== name)
    .flatMap((wanted) => (hasTypes(wanted) ? [wanted] : [`@types/${wanted}`]))
    .filter((wanted) => brought[wanted] === undefined)
    .map((wanted) => `${name}/${file} uses the types of ${wanted}`);
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Whether a package has types of its own. */
function hasTypes(name: string): boolean {
  const { types, exports } = manifestOf(name) as Manifest & { readonly typings?: string };
  return types !== undefined || JSON.stringify(exports ?? {}).includes('.d.');
}

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(join(acme.root, 'node_modules', name, 'package.json'), 'utf8'));
}

function exportedFiles(exported: unknown): string[] {
  if (typeof exported === 'string') return [exported.replace('./', '')];
  return Object.values((exported ?? {}) as object).flatMap(exportedFiles);
}

function lostImports(name: string, file: string): string[] {
  const path = join(acme.root, 'node_modules', name, file);
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true);
  const wanted = importedFiles
    .map(({ fileName }) => fileName)
    .filter((specifier) => specifier.startsWith('.'));
  return wanted
    .filter((specifier) => !existsSync(join(path, '..', specifier)))
    .map((specifier) => `${name}/${file} imports ${specifier}`);
}
