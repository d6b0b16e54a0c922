import type { Check } from '../check.js';
import type { Package } from '../workspace.js';

/** Every entry point that a manifest promises has a source file behind it. */
export const exportsExist: Check = {
  name: 'exports-exist',
  run: ({ packages, files }) =>
    packages.flatMap(({ folder, manifest }) =>
      promisedFiles({ folder, manifest })
        .filter(({ path }) => !files.includes(sourceOf(`${folder}/${path}`)))
        .map(({ entry, path }) => ({
          where: `${folder}/package.json`,
          what: `${entry} leads to ${path}, but ${sourceOf(path)} does not exist`,
        })),
    ),
};

/** Source files of a package's public entry points, relative to the workspace root. */
export function entrySources({ folder, manifest }: Pick<Package, 'folder' | 'manifest'>): string[] {
  const paths = promisedFiles({ folder, manifest }).map(({ path }) => sourceOf(`${folder}/${path}`));
  return [...new Set(paths)].filter((path) => /\.[cm]?ts$/.test(path));
}

function promisedFiles({
  manifest,
}: Pick<Package, 'folder' | 'manifest'>): { entry: string; path: string }[] {
  const { exports: entryPoints = {}, bin = {} } = manifest;
  const exported = Object.entries(entryPoints).flatMap(([entry, target]) =>
    (typeof target === 'string' ? [target] : Object.values(target)).map((path) => ({
      entry: `exports["${entry}"]`,
      path,
    })),
  );
  const programs = (typeof bin === 'string' ? [bin] : Object.values(bin)).map((path) => ({
    entry: 'bin',
    path,
  }));
  return [...exported, ...programs].map(({ entry, path }) => ({ entry, path: path.replace(/^\.\//, '') }));
}

/** The source file of a built one. */
export function sourceOf(path: string): string {
  if (!/(?:^|\/)dist\//.test(path)) return path;
  return path.replace(/(^|\/)dist\/(?:bundle\/)?/, '$1src/').replace(/(?:\.d)?\.([cm]?)[jt]s$/, '.$1ts');
}
