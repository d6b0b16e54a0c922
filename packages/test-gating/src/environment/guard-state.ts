import { callerFrame, isLoadedByDotenv } from './caller-frame.js';
import type { NotedReads } from './noted-reads.js';

/** A variable that test code tried to set, and the place. */
export interface DroppedVariable {
  readonly name: string;
  /** Stack line of the caller, without the leading `at`; undefined when none outside Node is known. */
  readonly frame: string | undefined;
}

/** State of the whole process: each vm context has its own instance of this module, the process has one state. */
export interface GuardState {
  readonly raw: NodeJS.ProcessEnv;
  readonly loadEnvFile: typeof process.loadEnvFile | undefined;
  /** Values that were let through: they are taken back past `process.env`, so a name alone would let a later value through. */
  readonly admitted: Map<string, string>;
  readonly removed: Set<string>;
  owner: GuardOwner;
  allowing: number;
  /** What tests have set, and what was there before, in order. */
  changes: { readonly test: string; readonly name: string; readonly before: string | undefined }[];
}

/** The guard that decides now. */
export interface GuardOwner {
  readonly isBlocked: (name: string) => boolean;
  readonly isOutside: (value: string) => boolean;
  readonly currentTest: () => string | undefined;
  readonly onDropped: (dropped: DroppedVariable) => void;
  readonly reads: NotedReads | undefined;
}

/** Whether a test brings a value of its own, which is then taken back after it. */
export function isOwnValue({ owner, changes, raw }: GuardState, name: string, value: string): boolean {
  if (owner.isOutside(value) || isLoadedByDotenv()) return false;
  const test = owner.currentTest();
  if (test !== undefined) changes.push({ test, name, before: raw[name] });
  return true;
}

/** Takes back what a test has set, the last change first. */
export function restoreAfter(state: GuardState, test: string): void {
  const { raw, admitted, changes } = state;
  for (const { name, before } of changes.filter((change) => change.test === test).reverse()) {
    if (before === undefined) {
      delete raw[name];
      admitted.delete(name);
    } else {
      raw[name] = before;
      admitted.set(name, before);
    }
  }
  state.changes = changes.filter((change) => change.test !== test);
}

/** Blocked variables of an environment that hold another value than one that was let through. */
export function slippedNames(env: NodeJS.ProcessEnv, state: GuardState): string[] {
  return Object.keys(env).filter(
    (name) => state.owner.isBlocked(name) && state.admitted.get(name) !== env[name],
  );
}

/** Tells the guard that decides now of a variable that was kept from the tests. */
export function report(state: GuardState, name: string): void {
  state.owner.onDropped({ name, frame: callerFrame() });
}
