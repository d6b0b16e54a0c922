import { dirname, join, relative } from 'node:path/posix';
import ts from 'typescript';
import { isShippedSource, type Package, type Workspace } from '../workspace.js';

/** A folder directly below a package's `src`, with all that is in it. */
export interface Floor {
  /** Its name; `.` for the files of `src` itself. */
  readonly folder: string;
  /** One above the highest folder that it imports; 1 for a folder that imports no other. */
  readonly floor: number;
  /** The folders beside it that its shipped files import. */
  readonly imports: readonly string[];
  /** Those of `imports` that import this folder too, themselves or through others. */
  readonly circle: readonly string[];
}

/** The folders of a package, the highest first. */
export function floorsOf(member: Package, workspace: Workspace): Floor[] {
  const arrows = arrowsOf(member, workspace);
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const to of arrows.get(from) ?? []) if (!seen.has(to)) reach(to, seen.add(to));
    return seen;
  };
  const isCircle = (from: string) => (to: string) => reach(to).has(from);
  const floorOf = (from: string): number => {
    const below = [...(arrows.get(from) ?? [])].filter((to) => !isCircle(from)(to));
    return 1 + Math.max(0, ...below.map(floorOf));
  };
  const floors = [...arrows].map(([folder, to]) => {
    const imports = [...to].sort();
    return { folder, floor: floorOf(folder), imports, circle: imports.filter(isCircle(folder)) };
  });
  return floors.sort((a, b) => b.floor - a.floor || (a.folder < b.folder ? -1 : 1));
}

function arrowsOf({ folder, files }: Package, { read }: Workspace): Map<string, Set<string>> {
  const folderOf = (file: string) => relative(join(folder, 'src'), dirname(file)).split('/')[0] || '.';
  const arrows = new Map<string, Set<string>>();
  for (const file of files.filter(isShippedSource)) {
    const from = folderOf(file);
    const to = arrows.get(from) ?? new Set();
    arrows.set(from, to);
    for (const { fileName } of ts.preProcessFile(read(file), true, true).importedFiles)
      if (fileName.startsWith('.')) to.add(folderOf(join(dirname(file), fileName)));
    to.delete(from);
  }
  return arrows;
}
