import { builtinModules } from 'node:module';
import ts from 'typescript';
import type { Check, Violation } from '../check.js';
import { isTestOrFixture, type Package, type Workspace } from '../workspace.js';

const CODE = /\.[cm]?[jt]sx?$/;

/** A package declares what its files import, and imports what it declares. */
export const dependenciesMatch: Check = {
  name: 'dependencies-match',
  run: (workspace) =>
    workspace.packages.flatMap((one) => [...undeclared(one, workspace), ...unused(one, workspace)]),
};

function undeclared({ folder, manifest, files }: Package, { read, rootManifest }: Workspace): Violation[] {
  const shipped = new Set([
    manifest.name,
    ...Object.keys({
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.peerDependencies,
    }),
  ]);
  const whileDeveloping = new Set([
    ...shipped,
    ...Object.keys({ ...manifest.devDependencies, ...rootManifest.devDependencies }),
  ]);
  return files
    .filter((file) => CODE.test(file))
    .flatMap((file) => {
      const isForDevelopment =
        isTestOrFixture(file) || /\.config\.\w+$/.test(file) || manifest.private === true;
      const allowed = isForDevelopment ? whileDeveloping : shipped;
      return importedPackages(read(file))
        .filter((name) => !allowed.has(name))
        .map((name) => ({
          where: file,
          what: `imports '${name}', which ${folder}/package.json does not declare`,
        }));
    });
}

function unused({ folder, manifest, files }: Package, { read }: Workspace): Violation[] {
  const declared = Object.keys({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  if (declared.length === 0) return [];
  const code = files.filter((file) => CODE.test(file)).map(read);
  const imported = new Set(code.flatMap(importedPackages));
  return declared
    .filter((name) => !imported.has(typedPackage(name)) && !code.some((text) => mentions(text, name)))
    .map((name) => ({
      where: `${folder}/package.json`,
      what: `declares '${name}', which no file of it names`,
    }));
}

/** Packages that a module imports, whatever kind of import it is. */
export function importedPackages(source: string): string[] {
  const specifiers = ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName);
  return [...new Set(specifiers.filter(isPackage).map(packageName))];
}

function isPackage(specifier: string): boolean {
  return !/^(?:\.|\/|#|node:|data:|file:)/.test(specifier) && !builtinModules.includes(specifier);
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

// `@types/pg` serves whoever imports `pg`, and `@types/a__b` whoever imports `@a/b`.
function typedPackage(name: string): string {
  return name.replace(/^@types\/(?:(.+)__)?/, (_, scope?: string) => (scope ? `@${scope}/` : ''));
}

// A package that is looked up by name at run time, an embedded server for example, counts as used.
function mentions(source: string, name: string): boolean {
  return ["'", '"', '`'].some(
    (quote) => source.includes(`${quote}${name}${quote}`) || source.includes(`${quote}${name}/`),
  );
}
