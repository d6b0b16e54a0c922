import type { Finding } from '../preflight/finding.js';
import type { Target } from '../preflight/target.js';
import type { Observations } from '../sandbox/report.js';

/** What a clean process is asked to do; holds no secret, those are in its environment. */
export interface CleanRequest {
  /** Whether to look at the sandbox. */
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
