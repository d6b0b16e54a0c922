import { isDeepStrictEqual } from 'node:util';
import ts from 'typescript';
import type { Check } from '../check.js';
import { relativeLinks } from '../docs/markdown.js';
import { type Package, repositoryUrl, type Workspace } from '../workspace.js';
import { sourceOf } from './exports-exist.js';

const WRITE = 'run `npm run generate`';

/** Every package that is not private can be packed and published as it is. */
export const readyToPack: Check = {
  name: 'ready-to-pack',
  generate: (workspace) =>
    Object.fromEntries(
      publishedPackages(workspace).flatMap((one) => [
        [`${one.folder}/package.json`, withPublishFields(one, workspace)],
        [`${one.folder}/LICENSE`, workspace.read('LICENSE')],
      ]),
    ),
  run: (workspace) =>
    publishedPackages(workspace).flatMap((one) => [
      ...manifestFaults(one, workspace).map((what) => ({ where: `${one.folder}/package.json`, what })),
      ...licenseFaults(one, workspace).map((what) => ({ where: `${one.folder}/LICENSE`, what })),
      ...readmeFaults(one, workspace),
    ]),
};

/** The packages that npm may publish. */
function publishedPackages({ packages }: Workspace): Package[] {
  return packages.filter(({ manifest }) => manifest.private !== true);
}

/** The fields of a manifest that follow from the root's manifest, the package's folder and its code. */
function publishFields({ folder, manifest }: Package, { rootManifest, read }: Workspace) {
  const url = repositoryUrl(rootManifest);
  const entries = Object.values(manifest.exports ?? {}).flatMap((target) =>
    typeof target === 'string' ? [] : [target.default ?? ''],
  );
  const withEffects = entries.filter((path) => actsOnLoad(read(sourceOf(`${folder}/${path.slice(2)}`))));
  return {
    license: rootManifest.license,
    homepage: `${url}/tree/HEAD/${folder}#readme`,
    bugs: `${url}/issues`,
    repository: { type: 'git', url: `git+${url}.git`, directory: folder },
    sideEffects: withEffects.length > 0 && withEffects,
  };
}

function withPublishFields(one: Package, workspace: Workspace): string {
  const { name, version, description, keywords, license, ...rest } = one.manifest;
  const fields = publishFields(one, workspace);
  const manifest = { name, version, description, keywords, ...fields, ...rest, ...fields };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function manifestFaults(one: Package, workspace: Workspace): string[] {
  const { manifest } = one;
  const versions = new Map(workspace.packages.map(({ manifest: { name, version } }) => [name, version]));
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return [
    ...Object.entries(publishFields(one, workspace))
      .filter(([key, value]) => !isDeepStrictEqual(manifest[key as keyof typeof manifest], value))
      .map(([key, value]) => `${key} is not ${JSON.stringify(value)}; ${WRITE}`),
    ...(manifest.keywords?.length ? [] : ['keywords is empty']),
    ...(manifest.exports?.['./package.json'] ? [] : ['exports lacks "./package.json"']),
    ...Object.entries({ ...dependencies, ...optionalDependencies, ...peerDependencies })
      .filter(([name, range]) => versions.has(name) && range !== versions.get(name))
      .map(([name, range]) => `${name} is needed as ${range}, but its version is ${versions.get(name)}`),
  ];
}

function licenseFaults({ folder }: Package, { read }: Workspace): string[] {
  return read(`${folder}/LICENSE`) === read('LICENSE') ? [] : [`differs from the root's LICENSE; ${WRITE}`];
}

// npm shows a README without the files around it.
function readmeFaults({ folder }: Package, { read, rootManifest }: Workspace) {
  const file = `${folder}/README.md`;
  return relativeLinks(read(file)).map(({ target, number }) => ({
    where: `${file}:${number}`,
    what: `links to ${target}, which npm does not show; link to ${repositoryUrl(rootManifest)}/blob/HEAD/…`,
  }));
}

// A bundler may drop a module that only exports.
function actsOnLoad(source: string): boolean {
  const { statements } = ts.createSourceFile('entry.ts', source, ts.ScriptTarget.Latest);
  return statements.some((one) => ts.isExpressionStatement(one) || ts.isForOfStatement(one));
}
