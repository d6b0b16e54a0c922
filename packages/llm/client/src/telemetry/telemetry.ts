import type { GenerateRequest, GenerateResult, LlmError } from '../contract/index.js';

/** A request that is about to be sent. */
export interface AttemptStart {
  /** As OpenTelemetry names it. */
  readonly operation: 'chat' | 'embeddings';
  readonly provider: string;
  readonly model: string;
  /** Counts from 1 over all providers of a call. */
  readonly number: number;
  /** What is asked; absent for embeddings. */
  readonly request?: GenerateRequest | undefined;
}

/** How a request ended. */
export type AttemptEnd = { readonly result: Partial<GenerateResult> } | { readonly error: LlmError };

/** Told of every request of a client, whose outcome stays as it is if this fails. */
export interface Telemetry {
  /** Runs the request in a context of its own; `ended` is called once when it is known how it ended. */
  attempt<T>(start: AttemptStart, run: (ended: (end: AttemptEnd) => void) => Promise<T>): Promise<T>;
}
