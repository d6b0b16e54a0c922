import type { AdapterCapabilities } from '../../adapter.js';
import type { Capabilities } from './capabilities.js';

/** What became of one case. */
export interface CaseResult {
  /** Titles of its groups, outermost first. */
  readonly path: readonly string[];
  readonly name: string;
  readonly outcome: 'holds' | 'fails' | 'not applicable';
  /** Why it fails or does not apply. */
  readonly reason?: string;
}

/** What holds of a backend. */
export interface ConformanceReport {
  /** Title of the suite. */
  readonly name: string;
  readonly results: readonly CaseResult[];
  /** What the backend is like, declared or found out; empty where it never connected. */
  readonly capabilities: Partial<Capabilities & AdapterCapabilities>;
  /** Names of the options that were not given, each with what was not tried without it. */
  readonly notTried: Readonly<Record<string, string>>;
}
