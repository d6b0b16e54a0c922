import type { GenerateRequest, GenerateResult, LlmError } from '../contract/index.js';

/** A request that is about to be sent. */
export interface AttemptStart {
  /** As OpenTelemetry names it. */
  readonly operation: 'chat' | 'embeddings';
  readonly provider: string;
  /** The provider's name in OpenTelemetry's registry. */
  readonly telemetryName: string;
  readonly model: string;
  /** Counts from 1 over all providers of a call. */
  readonly number: number;
  /** What is asked; absent for embeddings. */
  readonly request?: GenerateRequest | undefined;
}

/** How a request ended. */
export type AttemptEnd = { readonly result: Partial<GenerateResult> } | { readonly error: LlmError };

/** Observes every request of a client; a failure of it changes no outcome. */
export interface Telemetry {
  /** Runs the request in a context of its own; `onEnd` is called once, when the request has ended. */
  attempt<T>(start: AttemptStart, run: (onEnd: (end: AttemptEnd) => void) => Promise<T>): Promise<T>;
}
