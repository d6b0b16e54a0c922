import { basename, dirname } from 'node:path/posix';
import type { Check, Violation } from '../check.js';
import { isTestOrFixture, type Package, type Workspace } from '../workspace.js';
import { type Declaration, declarationsIn } from './declarations.js';

/** Names what a package does without, and why; not published. */
const REASONS = 'twins.json';

/**
 * Packages that implement one contract look alike: a file or fixture that most of them have, all of them have, so with
 * the classes and functions that such a file exports; what they share, members included, stands in the same order. The
 * package's own name counts as a placeholder. What a package does without stands, with the reason, in its `twins.json`.
 */
export const twins: Check = {
  name: 'twins',
  run: (workspace) =>
    families(workspace).flatMap((packages) => {
      const family = packages.map((member) => twinOf(member, workspace.read));
      return [...missing(family), ...order(family)];
    }),
};

/** A package as its siblings see it: with a placeholder for its own name. */
interface Twin {
  readonly folder: string;
  /** Files that a reader of a sibling expects here too, with what they declare; tests follow what there is to test. */
  readonly files: ReadonlyMap<string, readonly Declaration[]>;
  /** Files that `src/index.ts` exports from, in its order. */
  readonly exported: readonly string[];
  /** Reasons for what the package does without: a file, or a name as `file name`. */
  readonly lacks: Readonly<Record<string, string>>;
}

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

function twinOf({ folder, files }: Package, read: Workspace['read']): Twin {
  const own = basename(folder);
  // A name of several words stands in code as one: `openai-compatible` as `OpenAICompatible` and OPENAI_COMPATIBLE.
  const written = new RegExp(own.replaceAll('-', '[-_]?'), 'gi');
  const blank = (text: string) => text.replace(written, placeholderOf);
  const expected = files.filter((file) => !isTestOrFixture(file) || file.endsWith('.fixture.ts'));
  const source = (file: string) => (/\/src\/.*\.ts$/.test(file) ? read(file) : '');
  const index = blank(source(`${folder}/src/index.ts`));
  const declared = (file: string) =>
    declarationsIn(source(file)).map(({ name, ...rest }) => ({ ...rest, name: blank(name) }));
  return {
    folder,
    files: new Map(
      expected
        .filter((file) => file !== `${folder}/${REASONS}`)
        .map((file) => [blank(file.slice(folder.length + 1)), declared(file)]),
    ),
    exported: unique([...index.matchAll(/from\s+['"](\.[^'"]+)['"]/g)].map((match) => match[1] as string)),
    lacks: JSON.parse(read(`${folder}/${REASONS}`) || '{}').lacks ?? {},
  };
}

/** The placeholder in the case of what it stands for. */
function placeholderOf(written: string): string {
  if (written === written.toUpperCase()) return '<NAME>';
  return /^[A-Z]/.test(written) ? '<Name>' : '<name>';
}

function missing(family: Twin[]): Violation[] {
  const lacking = [
    ...lackingOf(family, ({ files }) => files.keys()),
    ...usualFilesOf(family).flatMap((file) =>
      lackingOf(
        holders(family, file),
        ({ files }) =>
          (files.get(file) ?? [])
            .filter(({ kind }) => /class|function/.test(kind))
            .map(({ name }) => `${file} ${name}`),
        isTwoThirds,
      ),
    ),
  ];
  return [
    ...lacking
      .filter(({ twin, thing }) => !twin.lacks[thing])
      .map(({ twin, thing }) => ({
        where: twin.folder,
        what: `has no ${thing}, which its siblings have; or say why in ${REASONS}`,
      })),
    ...family.flatMap((twin) =>
      Object.keys(twin.lacks)
        .filter((thing) => has(twin, thing) || !family.some((other) => has(other, thing)))
        .map((thing) => ({
          where: `${twin.folder}/${REASONS}`,
          what: `gives a reason for ${thing}, which needs none`,
        })),
    ),
  ];
}

const isMost = (count: number, all: number) => count * 2 > all;
/** More than a bare majority, which one new package could make for a name that is nobody's convention. */
const isTwoThirds = (count: number, all: number) => count * 3 >= all * 2;

/** What most of these have, for each that has it not. */
function lackingOf(
  twins: Twin[],
  thingsOf: (twin: Twin) => Iterable<string>,
  isUsual = isMost,
): { twin: Twin; thing: string }[] {
  const owned = twins.map((twin) => ({ twin, things: new Set(thingsOf(twin)) }));
  const usual = unique(owned.flatMap(({ things }) => [...things])).filter((thing) =>
    isUsual(owned.filter(({ things }) => things.has(thing)).length, twins.length),
  );
  return owned.flatMap(({ twin, things }) =>
    usual.filter((thing) => !things.has(thing)).map((thing) => ({ twin, thing })),
  );
}

function order(family: Twin[]): Violation[] {
  return [
    ...sorted(family, 'src/index.ts', ({ exported }) => exported),
    ...filesOf(family).flatMap((file) => {
      const twins = holders(family, file);
      const declared = ({ files }: Twin) => files.get(file) ?? [];
      const names = unique(twins.flatMap((twin) => declared(twin).map(({ name }) => name)));
      return [
        ...sorted(twins, file, (twin) => declared(twin).map(({ name }) => name)),
        ...names.flatMap((name) =>
          sorted(
            twins,
            `${file} ${name}`,
            (twin) => declared(twin).find((one) => one.name === name)?.members ?? [],
          ),
        ),
      ];
    }),
  ];
}

/** A violation for each that has what it shares with the first in another order. */
function sorted(twins: Twin[], place: string, listOf: (twin: Twin) => readonly string[]): Violation[] {
  const [first, ...others] = twins;
  if (!first) return [];
  return others.flatMap((twin) => {
    const actual = listOf(twin).filter((name) => listOf(first).includes(name));
    const expected = listOf(first).filter((name) => actual.includes(name));
    if (expected.join() === actual.join()) return [];
    const what = `names ${actual.join(', ')}; its sibling ${basename(first.folder)} has ${expected.join(', ')}`;
    return [{ where: `${twin.folder}/${place}`, what }];
  });
}

function filesOf(family: Twin[]): string[] {
  return unique(family.flatMap(({ files }) => [...files.keys()]));
}

/** Files that most of the family have: one more package that is like another makes no rule for the rest. */
function usualFilesOf(family: Twin[]): string[] {
  return filesOf(family).filter((file) => isMost(holders(family, file).length, family.length));
}

/** Whether a package has a file, or declares a name that is given as `file name`. */
function has({ files }: Twin, thing: string): boolean {
  const [file = '', name] = thing.split(' ');
  return name === undefined
    ? files.has(file)
    : (files.get(file)?.some((declared) => declared.name === name) ?? false);
}

function holders(family: Twin[], file: string): Twin[] {
  return family.filter(({ files }) => files.has(file));
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
