import type { Step } from '../finding.js';
import type { Target } from '../target.js';

/** Results that the steps of one check pass to later ones. */
export interface Progress {
  /** Addresses to dial, by the step `dns`. */
  addresses: readonly Address[];
  /** Whether a proxy stands between, by the step `proxy`. */
  proxy?: URL;
  /** Version of the server, by the step `login`. */
  version?: string;
  /** The server's own time, by the step `login`. */
  serverTime?: Date;
}

/** An address and its family. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Result of a step that succeeded; a failed one throws an error with a code. */
export interface StepResult {
  readonly evidence: string;
  readonly code?: string;
  readonly warning?: boolean;
  readonly version?: string;
}

/** One step, bounded by so many milliseconds; undefined where it has nothing to check. */
export type StepRunner = (
  target: Target,
  progress: Progress,
  limitMs: number,
) => Promise<StepResult | undefined>;

/** The steps by name. */
export type StepRunners = Readonly<Record<Step, StepRunner>>;
