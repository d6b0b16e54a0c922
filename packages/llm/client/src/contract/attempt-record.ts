import type { LlmErrorKind } from './error-kind.js';
import type { Usage } from './usage.js';

/** One request that a call made to a provider. */
export interface AttemptRecord {
  readonly provider: string;
  readonly model: string;
  readonly durationMs: number;
  /** What of it was neither waiting for the service nor for who reads the stream; absent where the provider does not note it. */
  readonly overheadMs?: number;
  /** `ok`, or the kind of error it ended with. */
  readonly outcome: 'ok' | LlmErrorKind;
  /** What it used; absent where the provider did not report it, as for a request that was cut off. */
  readonly usage?: Usage;
}
