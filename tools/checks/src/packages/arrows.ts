import type { Check } from '../check.js';
import type { Package, Workspace } from '../workspace.js';
import { floorsOf } from './floors.js';

/** The page on the architecture; each block of it that shows the command shows what it prints. */
export const PAGE = 'docs/guide/architecture.md';

/** Packages so large that nobody knows what stands on what, unless their arrows are few and all lead down. */
const LIMITS = [{ folder: 'packages/test-gating', mostArrows: 41 }];

/** The folders of a large package stand on floors, and the architecture's page shows them. */
export const arrows: Check = {
  name: 'arrows',
  generate: (workspace) => ({ [PAGE]: withArrows(workspace) }),
  run: (workspace) => {
    const large = LIMITS.flatMap(({ folder, mostArrows }) =>
      membersIn(workspace, folder)
        .map((member) => countsOf(member, workspace))
        .filter(({ arrows, inCircle }) => arrows > mostArrows || inCircle > 0)
        .map(({ arrows, inCircle }) => ({
          where: folder,
          what: `${arrows} arrows between its folders, at most ${mostArrows}; ${inCircle} in a circle, at most 0: see \`npm run arrows ${folder}\``,
        })),
    );
    const isTrue = workspace.read(PAGE) === withArrows(workspace);
    const what = 'shows other arrows than the tree; run `npm run generate`';
    return [...large, ...(isTrue ? [] : [{ where: PAGE, what }])];
  },
};

/** The text of the page, with its blocks as the tree is now. */
export function withArrows(workspace: Workspace): string {
  return workspace
    .read(PAGE)
    .replace(
      /(```console\n\$ npm run -s arrows (\S+)\n)[^`]*/g,
      (_, head: string, folder: string) => `${head}${arrowsText(workspace, folder)}\n`,
    );
}

/** A line for each package, or for one, and that one's folders. */
export function arrowsText(workspace: Workspace, folder?: string): string {
  const members = membersIn(workspace, folder);
  const packages = members.map((member) => [member.folder, ...Object.values(countsOf(member, workspace))]);
  const folders = (folder === undefined ? [] : members).flatMap((member) =>
    floorsOf(member, workspace).map((one) => [
      one.floor,
      one.folder,
      one.imports.map((to) => (one.circle.includes(to) ? `${to} (circle)` : to)).join(', '),
    ]),
  );
  return [
    ...aligned([['package', 'folders', 'arrows', 'floors', 'in a circle'], ...packages]),
    ...(folders.length > 0 ? ['', ...aligned([['floor', 'folder', 'imports'], ...folders])] : []),
  ].join('\n');
}

function membersIn({ packages }: Workspace, folder?: string): Package[] {
  return packages.filter((member) => folder === undefined || member.folder === folder);
}

function countsOf(member: Package, workspace: Workspace) {
  const floors = floorsOf(member, workspace);
  return {
    folders: floors.length,
    arrows: floors.flatMap(({ imports }) => imports).length,
    floors: Math.max(0, ...floors.map(({ floor }) => floor)),
    inCircle: floors.flatMap(({ circle }) => circle).length,
  };
}

function aligned(rows: readonly (readonly (string | number)[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => `${row[column] ?? ''}`.length));
  return rows.map((row) =>
    ` ${row.map((cell, column) => `${cell}`.padEnd(width(column))).join('  ')}`.trimEnd(),
  );
}
