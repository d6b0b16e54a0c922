import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

interface Manifest {
  readonly exports?: unknown;
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
  const wanted = [
    ...readFileSync(path, 'utf8').matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\() ?['"](\.[^'"]+)['"]/g),
  ].map(([, specifier = '']) => specifier);
  return wanted
    .filter((specifier) => !existsSync(join(path, '..', specifier)))
    .map((specifier) => `${name}/${file} imports ${specifier}`);
}
