import { type Marker, markersOfFileName, partsOfName, widestScope, withImplied } from '@drydock/workspace';
import type { RunnerTask, RunnerTestCase, RunnerTestFile, RunnerTestSuite } from 'vitest';
import { parseExpression } from '../markers/expression.js';
import { type Decision, decide, neededMarkers } from './decide.js';
import { type Filters, leftOutIn } from './left-out.js';
import { isAt, isNamed } from './node-id.js';
import type { GatePolicy, NodeId, TestNote, Unavailable } from './policy.js';

/**
 * Applies the gate to a collected file, after Vitest has resolved `.only`, filters and tags, so that none of them can
 * lift it: gated tests are skipped with their reason, tests outside the level are left out. Returns the full names of
 * the tests left out.
 */
export function applyGate(
  file: RunnerTestFile,
  policy: GatePolicy,
  unavailable: readonly Unavailable[],
  filters: Filters = {},
): string[] {
  const fileMarkers = markersOfFileName(file.filepath, policy.registry);
  const selects = selection(policy);
  const reasonOf = leftOutIn(file, filters);
  const leftOut: string[] = [];
  gateSuite(file);
  // Vitest would call all snapshots obsolete in a file that ran without tests.
  if (file.tasks.length === 0 && isPending(file) && isPartialLevel(policy)) file.mode = 'skip';
  return leftOut;

  function gateSuite(suite: RunnerTestSuite): void {
    suite.tasks = suite.tasks.filter((task) => (task.type === 'suite' ? keepSuite(task) : keepTest(task)));
    if (isPending(suite) && suite.tasks.length > 0 && !suite.tasks.some(isPending)) suite.mode = 'skip';
  }

  function keepSuite(suite: RunnerTestSuite): boolean {
    const wasEmpty = suite.tasks.length === 0;
    gateSuite(suite);
    return wasEmpty || suite.tasks.length > 0;
  }

  function keepTest(test: RunnerTestCase): boolean {
    const markers = markersOf(test, fileMarkers, policy);
    const decision = decide(markers, policy.grants, policy.registry);
    if (!belongsToLevel(test, policy) || decision.kind === 'not-collected') {
      leftOut.push(namesOf(test).join(' > '));
      return false;
    }
    const note = noteFor(test, markers, decision);
    Object.assign(test.meta, { drydock: note });
    if (note.fate !== undefined && isPending(test)) markSkipped(test, note.reason);
    return true;
  }

  function noteFor(test: RunnerTestCase, markers: readonly string[], decision: Decision): TestNote {
    if (!selects(test, markers)) return { markers, fate: 'deselected', reason: 'not selected' };
    if (!isPending(test)) return { markers, ...reasonOf(namesOf(test), test.mode) };
    if (decision.kind === 'gated')
      return { markers, fate: 'gated', missing: decision.missing, reason: decision.reason };
    const absent = absentService(test, markers);
    return absent === undefined ? { markers } : { markers, fate: 'unavailable', reason: absent.reason };
  }

  function absentService(test: RunnerTestCase, markers: readonly string[]): Unavailable | undefined {
    return unavailableFor(neededMarkers(markers, policy.registry), test.tags ?? [], policy, unavailable);
  }
}

/** The first server or provider that tests with these markers and tags need and that is unavailable. */
export function unavailableFor(
  markers: readonly Marker[],
  tags: readonly string[],
  { needs = [] }: GatePolicy,
  unavailable: readonly Unavailable[],
): Unavailable | undefined {
  const reach = widestScope(markers.map(({ scope }) => scope ?? 'none')).split('+');
  const named = needs.filter((name) => tags.includes(name));
  return unavailable.find(
    ({ backend, scope }) => reach.includes(scope) && (named.length === 0 || named.includes(backend)),
  );
}

/** The gate's decision for a whole file, by its name and its module tags alone. */
export function fileDecision(path: string, fileTags: readonly string[], policy: GatePolicy): Decision {
  const known = policy.registry.markers.map(({ name }) => name);
  const markers = new Set([
    ...markersOfFileName(path, policy.registry),
    ...fileTags.filter((tag) => known.includes(tag)),
  ]);
  return markers.size === 0 ? { kind: 'run' } : decide([...markers], policy.grants, policy.registry);
}

/** Whether the level leaves some tests out. */
function isPartialLevel({ grants }: GatePolicy): boolean {
  return !grants.unmarked || grants.only !== undefined;
}

/** Whether a test carries the tag that a level such as `smoke` requires. */
function belongsToLevel(test: RunnerTestCase, { grants }: GatePolicy): boolean {
  const { only } = grants;
  return only === undefined || test.tags?.includes(only) || partsOfName(test.file.filepath).includes(only);
}

function markersOf(test: RunnerTestCase, fileMarkers: readonly string[], policy: GatePolicy): string[] {
  return withImplied([...fileMarkers, ...(test.tags ?? [])], policy.registry);
}

function selection(policy: GatePolicy): (test: RunnerTestCase, markers: readonly string[]) => boolean {
  const known = policy.registry.markers.map(({ name }) => name);
  const text = policy.grants.expression;
  const expression = text === undefined ? undefined : parseExpression(text, known);
  return (test, markers) =>
    (expression?.matches(new Set(markers)) ?? true) &&
    (policy.select?.some((id) => isSelected(test, id)) ?? true);
}

function isSelected(test: RunnerTestCase, { path, name }: NodeId): boolean {
  return isAt(test.file.filepath, path) && (name === undefined || isNamed(namesOf(test).join(' > '), name));
}

function namesOf(task: RunnerTask): string[] {
  return task.suite === undefined ? [task.name] : [...namesOf(task.suite), task.name];
}

function isPending(task: RunnerTask): boolean {
  return task.mode === 'run' || task.mode === 'queued' || task.mode === 'only';
}

function markSkipped(test: RunnerTestCase, reason: string | undefined): void {
  // Vitest has failed it already for an `.only` in CI. It will not run, and the failure must stay.
  if (test.result?.state === 'fail') return;
  test.mode = 'skip';
  test.result = { state: 'skip', ...(reason === undefined ? {} : { note: reason }) };
}
