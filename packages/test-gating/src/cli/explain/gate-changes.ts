import type { DeclaredTest } from './declared-tests.js';
import { matchTests } from './match-tests.js';

/** A change by which a test runs less, or under another grant, than before. */
export interface GateChange {
  readonly id: string;
  /** The change: `skip added`, `markers: none → integration`, `moved from src/old.test.ts`. */
  readonly change: string;
}

/** Compares the tests of two revisions and lists those that were skipped, narrowed, retried, moved to another level or file, or removed. */
export function gateChanges(before: readonly DeclaredTest[], after: readonly DeclaredTest[]): GateChange[] {
  const { origins, lost } = matchTests(before, after);
  return [
    ...after.flatMap((test) => changesOf(origins.get(test), test)),
    ...moves(before, after, origins),
    ...lost.map((test) => ({ id: idOf(test), change: 'removed' })),
  ];
}

/** Tests that stand in another file; a file that was renamed with all its tests is one move. */
function moves(
  before: readonly DeclaredTest[],
  after: readonly DeclaredTest[],
  origins: ReadonlyMap<DeclaredTest, DeclaredTest>,
): GateChange[] {
  const remaining = new Set(after.map(({ file }) => file));
  const moved = [...origins].filter(([now, old]) => now.file !== old.file);
  const isRenamed = ([now, old]: [DeclaredTest, DeclaredTest]) =>
    !remaining.has(old.file) &&
    moved.filter(([other, from]) => from.file === old.file && other.file === now.file).length ===
      before.filter(({ file }) => file === old.file).length;
  const lines = moved.map((pair) => {
    const [now, old] = pair;
    return isRenamed(pair)
      ? { id: now.file, change: `moved from ${old.file}` }
      : { id: idOf(now), change: `moved from ${idOf(old)}` };
  });
  return [...new Map(lines.map((line) => [`${line.id} ${line.change}`, line])).values()];
}

function changesOf(before: DeclaredTest | undefined, after: DeclaredTest): GateChange[] {
  const changes = [
    after.mode !== 'run' && before?.mode !== after.mode && `${after.mode} added`,
    after.only && !before?.only && 'only added',
    after.retry > (before?.retry ?? 0) && `retry: ${before?.retry ?? 0} → ${after.retry}`,
    // A new test may have any level; only a test that changed its level is listed.
    before && markersOf(before) !== markersOf(after) && `markers: ${markersOf(before)} → ${markersOf(after)}`,
  ];
  return changes.flatMap((change) => (change ? [{ id: idOf(after), change }] : []));
}

function idOf({ file, name }: DeclaredTest): string {
  return `${file}::${name}`;
}

function markersOf({ markers }: DeclaredTest): string {
  return markers.length === 0 ? 'none' : markers.join(', ');
}
