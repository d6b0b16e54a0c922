import type { EndpointFinding, ErrorFacts, FailureClass as TriageClass } from '@drydock/triage';
import type { PreflightReport } from '@drydock/triage/preflight';
import type { Scope } from '@drydock/workspace';

/** Version of the ledger's shape; raised when a reader of the old one would go wrong. */
export const LEDGER_VERSION = 1;

/** Statuses of a test, in the order in which people see them. */
export const STATUSES = ['passed', 'failed', 'gated', 'skipped', 'unavailable'] as const;

/** Status of a test. */
export type TestStatus = (typeof STATUSES)[number];

/** Whose fault a failure is. */
export type FailureClass = Exclude<TriageClass, 'unknown'>;

/** Lines of source around the place where a failure happened. */
export interface SourceFrame {
  /** Path relative to the workspace root, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Number of the first line of `text`. */
  readonly from: number;
  readonly text: string;
}

/** Why a test failed. */
export interface Failure {
  readonly class: FailureClass;
  /** Kind of failure within its class: `login`, `dns`, `missing-marker`, `assertion`. */
  readonly subclass?: string;
  /** How sure the class is, from 0 to 1. */
  readonly confidence?: number;
  /** Error code or name: `ECONNREFUSED`, `AssertionError`. */
  readonly code: string;
  /** Evidence, the most specific line first. */
  readonly evidence: string;
  /** The next step. */
  readonly remedy: string;
  /** Stack and diff as the console shows them. */
  readonly detail?: string;
  /** Line of the test's own file at which it failed; absent where neither a stack nor its name tells. */
  readonly line?: number;
  /** Source at the place in the project's own code that the error came from. */
  readonly source?: SourceFrame;
  /** The thrown errors with every cause, as far as triage uses them. */
  readonly errors?: readonly ErrorFacts[];
  /** Set where the guard saw that nothing tried to reach anything: no word of a network excuses the failure. */
  readonly untried?: true;
  /** Check of its server after the run. */
  readonly check?: EndpointFinding;
}

/** One test of a run. */
export interface LedgerTest {
  /** `packages/x/src/a.test.ts::suite > name`. */
  readonly id: string;
  readonly project: string;
  /** Path relative to the workspace root, with `/`. */
  readonly file: string;
  readonly name: string;
  readonly markers: readonly string[];
  readonly status: TestStatus;
  /** Why it was gated, skipped, unavailable or is flaky. */
  readonly reason?: string;
  /** Backend whose server the test needs. */
  readonly backend?: string;
  /** Markers whose grant is missing. */
  readonly missing?: readonly string[];
  readonly durationMs: number;
  /** How often it ran; absent where once. */
  readonly attempts?: number;
  /** Set where it passed after a failed attempt; `reason` says how that one failed. */
  readonly flaky?: true;
  /** When it began, in milliseconds since 1970; absent for what did not run. */
  readonly startMs?: number;
  readonly failure?: Failure;
  /** What it printed, where it failed. */
  readonly output?: string;
}

/** A server as the run found it. */
export interface LedgerService {
  readonly backend: string;
  readonly status: 'available' | 'unavailable';
  readonly provenance?: string;
  readonly version?: string;
  readonly reason?: string;
  readonly remedy?: string;
}

/** One blocked attempt to reach the network. */
export interface BlockedAttempt {
  readonly test?: string;
  readonly protocol: string;
  readonly host: string;
  readonly port?: number;
  readonly stack: string;
}

/** The guard of a run. */
export interface LedgerGuard {
  readonly workers: number;
  readonly active: number;
  readonly blocked: readonly BlockedAttempt[];
  /** The empty network namespace, where the whole run was in one. */
  readonly wall?: string;
}

/** Numbers of tests by status; of those that passed, the number that needed another attempt, absent where none did. */
export type Totals = Record<TestStatus, number> & { readonly flaky?: number };

/** A variable on which a cached result may depend without Nx knowing. */
export interface UnhashedRead {
  readonly name: string;
  /** Where it was read first: file, line and column. */
  readonly at: string;
}

/** One part of a run that was divided with `--shard`. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  /** Number of all parts. */
  readonly count: number;
}

/** Where and how a run was started. */
export interface RunInfo {
  /** Name of the workspace or of the package. */
  readonly project: string;
  readonly branch?: string;
  /** The commit that was checked out, shortened. */
  readonly commit?: string;
  /** As it could be typed again, without arguments for Vitest. */
  readonly command: string;
  /** Version of Node. */
  readonly node: string;
  readonly exitCode?: number;
}

/** The machine-readable record of a run. */
export interface Ledger {
  readonly schemaVersion: typeof LEDGER_VERSION;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly level: string;
  readonly granted: readonly string[];
  readonly scope: Scope;
  readonly guard: LedgerGuard;
  readonly services: readonly LedgerService[];
  readonly env: readonly { readonly name: string; readonly provenance: string }[];
  readonly tests: readonly LedgerTest[];
  /** Variables that the project's own files read and that Nx does not hash. */
  readonly unhashed?: readonly UnhashedRead[];
  /** Signal that ended the run before its tests had; such a run is never green. */
  readonly cutShort?: string;
  /** The part of a sharded run that this is, as in `--shard=1/3`. */
  readonly shard?: Shard;
  /** Present in the merged ledger of a `drydock run`. */
  readonly run?: RunInfo;
  /** Number of tests of the whole, where this run had only those that failed in it; such a run is no verdict on the whole. */
  readonly rerunOf?: number;
  /** Set where the project's own configuration allows a run without a test file. */
  readonly allowsNoTests?: true;
  readonly totals: Totals;
  /** Check of the endpoints before a networked run, and again after one that failed. */
  readonly preflight?: PreflightReport;
}

/** Counts tests by status. */
export function totalsOf(tests: readonly LedgerTest[]): Totals {
  const totals = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<TestStatus, number>;
  for (const { status } of tests) totals[status] += 1;
  const flaky = tests.filter((test) => test.flaky).length;
  return { ...totals, ...(flaky > 0 && { flaky }) };
}
