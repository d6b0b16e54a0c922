import { basename, dirname } from 'node:path/posix';
import type { Check, Violation } from '../check.js';
import { isTestOrFixture, type Package, type Workspace } from '../workspace.js';

/** File of a package that differs from its siblings. */
const EXCEPTIONS = 'twins.json';

interface Exceptions {
  /** Files that the siblings have, each with the reason why this one does without. */
  readonly lacks?: Readonly<Record<string, string>>;
}

/**
 * Packages that implement one contract look alike: a file that most of them have, all of them have, and their
 * `src/index.ts` names the files they share in the same order. The package's own name counts as a placeholder.
 */
export const twins: Check = {
  name: 'twins',
  run: (workspace) =>
    families(workspace).flatMap((family) => [...missing(family, workspace), ...order(family, workspace)]),
};

/** Siblings below `packages/<family>/`, without the packages that they all depend on. */
function families({ packages }: Workspace): Package[][] {
  const nested = packages.filter(({ folder }) => /^packages\/[^/]+\/[^/]+$/.test(folder));
  const parents = [...new Set(nested.map(({ folder }) => dirname(folder)))];
  return parents.map((parent) => {
    const siblings = nested.filter(({ folder }) => dirname(folder) === parent);
    const contracts = siblings.filter(({ manifest: { name } }) =>
      siblings.some(({ manifest: { dependencies } }) => dependencies && name in dependencies),
    );
    return siblings.filter((sibling) => !contracts.includes(sibling));
  });
}

function missing(family: Package[], { read }: Workspace): Violation[] {
  const names = family.map((member) => new Set(shipped(member).map((file) => placeholder(file, member))));
  const all = new Set(names.flatMap((set) => [...set]));
  const usual = [...all].filter((name) => names.filter((set) => set.has(name)).length * 2 > family.length);
  return family.flatMap((member, index) => {
    const { lacks = {} } = JSON.parse(read(`${member.folder}/${EXCEPTIONS}`) || '{}') as Exceptions;
    return usual
      .filter((name) => !names[index]?.has(name) && !lacks[name])
      .map((name) => ({
        where: member.folder,
        what: `has no ${name}, which its siblings have; or say why in \`lacks\` of its ${EXCEPTIONS}`,
      }));
  });
}

/** Files that a reader of a sibling expects here too; tests follow what there is to test. */
function shipped({ files }: Package): string[] {
  return files.filter((file) => !isTestOrFixture(file) && basename(file) !== EXCEPTIONS);
}

function order(family: Package[], { read }: Workspace): Violation[] {
  const [first, ...others] = family.map((member) => ({ member, exported: exportedFiles(member, read) }));
  return others.flatMap(({ member, exported }) => {
    const expected = first?.exported.filter((name) => exported.includes(name)) ?? [];
    const actual = exported.filter((name) => expected.includes(name));
    if (expected.join() === actual.join()) return [];
    const what = `names ${actual.join(', ')}; its sibling ${basename(first?.member.folder ?? '')} has ${expected.join(', ')}`;
    return [{ where: `${member.folder}/src/index.ts`, what }];
  });
}

function exportedFiles(member: Package, read: Workspace['read']): string[] {
  const source = read(`${member.folder}/src/index.ts`);
  const specifiers = [...source.matchAll(/from\s+['"](\.[^'"]+)['"]/g)].map((match) => match[1] as string);
  return [...new Set(specifiers.map((specifier) => placeholder(specifier, member)))];
}

function placeholder(path: string, { folder }: Package): string {
  return path.replace(`${folder}/`, '').replaceAll(basename(folder), '<name>');
}
