import type { CallerOptions } from './caller.js';

/** Options that every provider takes. */
export interface ServiceOptions extends Pick<CallerOptions, 'clock' | 'wallClock'> {
  /** Key of the account, sent in a header; without it every call to the service itself rejects with an `LlmAuthError`. */
  readonly apiKey?: string | undefined;
  /** Model to ask unless a request names another. @default that of the provider's list of models */
  readonly model?: string | undefined;
  /** Sends the requests. @default the global `fetch` at the time of the call */
  readonly fetch?: typeof globalThis.fetch | undefined;
}
