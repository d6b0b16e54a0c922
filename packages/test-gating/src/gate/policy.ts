import type { Grants } from '../grants/grants.js';
import type { Registry } from '../markers/registry.js';

/** A test asked for by its id: `PATH::NAME`. */
export interface NodeId {
  /** Absolute path of a test file or folder. */
  readonly path: string;
  /** Names from the outermost suite inwards, joined with ` > `; every test of the path when absent. */
  readonly name?: string;
}

/** A service that is not there; its tests are reported as unavailable. */
export interface Unavailable {
  readonly backend: string;
  readonly reason: string;
}

/** All that a worker needs to gate its tests; plain data, provided to every worker. */
export interface GatePolicy {
  readonly registry: Registry;
  readonly grants: Grants;
  readonly select?: readonly NodeId[];
  /** Variables that must not reach test code; absent in a networked run. */
  readonly scrub?: { readonly names: readonly string[]; readonly allow: readonly string[] };
}

/** What the gate notes on each test for the reporters. */
export interface TestNote {
  readonly markers: readonly string[];
  /** Set when the gate, not the author, kept the test from running. */
  readonly fate?: 'gated' | 'unavailable' | 'deselected';
  readonly missing?: readonly string[];
  readonly reason?: string;
}

/** The gate's note in a test's `meta`, where reporters of any Vitest version find it. */
export function noteOf(meta: object): TestNote | undefined {
  return (meta as { drydock?: TestNote }).drydock;
}

declare module 'vitest' {
  interface ProvidedContext {
    drydock: GatePolicy;
    drydockUnavailable: Unavailable[];
  }
}
