import type { DeclaredTest } from './declared-tests.js';

/** A change by which a test runs less, or under another grant, than before. */
export interface GateChange {
  readonly id: string;
  /** The change: `skip added`, `markers: none → integration`. */
  readonly change: string;
}

/** Compares the tests of two revisions and lists those that were skipped, narrowed, retried, moved to another level or removed. */
export function gateChanges(before: readonly DeclaredTest[], after: readonly DeclaredTest[]): GateChange[] {
  const known = new Map(before.map((test) => [idOf(test), test]));
  const remaining = new Set(after.map(idOf));
  const changed = after.flatMap((test) => changesOf(known.get(idOf(test)), test));
  const removed = before
    .filter((test) => !remaining.has(idOf(test)))
    .map((test) => ({ id: idOf(test), change: 'removed' }));
  return [...changed, ...removed];
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
