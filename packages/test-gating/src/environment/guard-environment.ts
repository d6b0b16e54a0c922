import { syncBuiltinESMExports } from 'node:module';
import {
  type DroppedVariable,
  type GuardOwner,
  type GuardState,
  isOwnValue,
  report,
  restoreAfter,
  slippedNames,
} from './guard-state.js';
import { type ChangeDecision, unwrapEnvironment, wrapEnvironment } from './guarded-environment.js';
import type { NotedReads } from './noted-reads.js';
import { compileScrubRule, type ScrubRule, scrubEnvironment } from './scrub.js';

/** Options of `guardEnvironment`. */
export interface GuardEnvironmentOptions extends ScrubRule {
  /** Whether a value is one that the machine has configured; another is the test's own and stays. @default every value is */
  readonly isOutside?: (value: string) => boolean;
  /** The test that runs now, whose own values are taken back after it. @default none */
  readonly currentTest?: () => string | undefined;
  /** Called for each dropped variable, at once; it must not throw. */
  readonly onDropped: (dropped: DroppedVariable) => void;
  /** Notes what the project reads. @default nothing is noted */
  readonly reads?: NotedReads | undefined;
}

/** The guard around `process.env`. */
export interface EnvironmentGuard {
  /** Names of the variables that were found and removed, in this process so far. */
  readonly removed: readonly string[];
  /** Runs a function whose variables are let through: a deliberate stub. Only until it returns; a promise is not waited for. */
  allowing<T>(run: () => T): T;
  /** Takes back the values of its own that a test has set. */
  restoreAfter(test: string): void;
  /** Removes and reports variables that came in past `process.env`, as native code can set them; returns their names. */
  sweep(): readonly string[];
  /** Puts the real `process.env` back; variables that were removed stay removed. */
  restore(): void;
}

const STATE = Symbol.for('drydock.environment.guard');

type GuardedProcess = NodeJS.Process & { [STATE]?: GuardState };

/**
 * Removes the blocked variables from `process.env` and drops every later attempt to set one, whether by assignment, `Object.assign`,
 * `Object.defineProperty`, dotenv, `process.loadEnvFile` or by replacing `process.env`. A second call takes over from the first.
 */
export function guardEnvironment(options: GuardEnvironmentOptions): EnvironmentGuard {
  const host = process as GuardedProcess;
  const { isOutside = () => true, currentTest = () => undefined, onDropped, reads } = options;
  const owner = {
    isBlocked: remembering(compileScrubRule(options)),
    isOutside,
    currentTest,
    onDropped,
    reads,
  };
  // One state for all, so that a wrapped environment somebody kept from an earlier test file tells the present owner.
  const state = host[STATE] ?? newState(host, owner);
  const present = unwrapEnvironment(host.env);
  for (const env of [state.raw, present]) {
    for (const name of scrubEnvironment(env, options, isOutside)) state.removed.add(name);
  }
  state.owner = owner;
  state.allowing = 0;
  state.admitted.clear();
  state.changes = [];
  for (const name of Object.keys(present).filter(owner.isBlocked))
    state.admitted.set(name, String(present[name]));
  install(host, state, present);
  return {
    removed: [...state.removed].sort(),
    allowing: (run) => allowing(state, run),
    restoreAfter: (test) => restoreAfter(state, test),
    sweep: () => sweep(host, state),
    restore: () => restore(host, state, owner),
  };
}

function newState(host: GuardedProcess, owner: GuardOwner): GuardState {
  const { env: raw, loadEnvFile } = host;
  const state: GuardState = {
    raw,
    loadEnvFile,
    admitted: new Map(),
    changes: [],
    removed: new Set(),
    owner,
    allowing: 0,
  };
  Object.defineProperty(host, STATE, { value: state, configurable: true, enumerable: false });
  return state;
}

function install(host: GuardedProcess, state: GuardState, present: NodeJS.ProcessEnv): void {
  const wrap = (env: NodeJS.ProcessEnv) => wrapEnvironment(env, () => decisionOf(state));
  let visible = wrap(present);
  Object.defineProperty(host, 'env', {
    configurable: true,
    enumerable: true,
    get: () => visible,
    // Tests replace the whole object to restore it later: the new one is guarded as well.
    set(replacement: NodeJS.ProcessEnv) {
      visible = isObject(replacement) ? wrap(cleaned(unwrapEnvironment(replacement), state)) : replacement;
      syncBuiltinESMExports();
    },
  });
  const native = state.loadEnvFile;
  if (native !== undefined) {
    host.loadEnvFile = function loadEnvFile(this: unknown, ...args) {
      native.apply(this, args);
      // Node writes past `process.env`.
      sweep(host, state);
    };
  }
  syncBuiltinESMExports();
}

function decisionOf(state: GuardState): ChangeDecision {
  return {
    reads: state.owner.reads,
    admits(name, value) {
      if (!state.owner.isBlocked(name)) return true;
      if (state.allowing > 0 || isOwnValue(state, name, String(value))) {
        state.admitted.set(name, String(value));
        return true;
      }
      report(state, name);
      return false;
    },
  };
}

/** An object that is to become the environment loses what is blocked; a copy, since it is the caller's. */
function cleaned(env: NodeJS.ProcessEnv, state: GuardState): NodeJS.ProcessEnv {
  const decision = decisionOf(state);
  const slipped = state.allowing > 0 ? [] : slippedNames(env, state);
  const blocked = slipped.filter((name) => !decision.admits(name, env[name]));
  if (blocked.length === 0) return env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !blocked.includes(name)));
}

function allowing<T>(state: GuardState, run: () => T): T {
  state.allowing += 1;
  try {
    return run();
  } finally {
    state.allowing -= 1;
  }
}

function sweep(host: GuardedProcess, state: GuardState): readonly string[] {
  const places = new Set([state.raw, unwrapEnvironment(host.env)]);
  const names = [...places].flatMap((env) => {
    const slipped = slippedNames(env, state);
    for (const name of slipped) delete env[name];
    return slipped;
  });
  const unique = [...new Set(names)].sort();
  for (const name of unique) report(state, name);
  return unique;
}

function restore(host: GuardedProcess, state: GuardState, owner: GuardOwner): void {
  // Somebody else has taken over since.
  if (state.owner !== owner || host[STATE] !== state) return;
  delete host[STATE];
  Object.defineProperty(host, 'env', {
    value: state.raw,
    configurable: true,
    enumerable: true,
    writable: true,
  });
  if (state.loadEnvFile !== undefined) host.loadEnvFile = state.loadEnvFile;
  syncBuiltinESMExports();
}

/** The same names are asked for after every test. */
function remembering(isBlocked: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const answer = known.get(name) ?? isBlocked(name);
    known.set(name, answer);
    return answer;
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
