import type { Finding } from '../preflight/finding.js';
import type { Target } from '../preflight/target.js';
import type { Observations } from '../sandbox/report.js';

/** Request to a clean process; secrets are in its environment, not in here. */
export interface CleanRequest {
  /** Whether to probe the sandbox. */
  readonly observe: boolean;
  readonly targets: readonly Target[];
  /** Milliseconds that each step but the login may take. */
  readonly stepMs: number;
  /** Milliseconds that the login may take. @default stepMs */
  readonly loginMs?: number;
}

/** One line of a clean process' output, written as soon as it is known. */
export type CleanLine =
  | { readonly kind: 'observations'; readonly observations: Observations }
  | { readonly kind: 'finding'; readonly target: number; readonly finding: Finding }
  | { readonly kind: 'done'; readonly target: number };
