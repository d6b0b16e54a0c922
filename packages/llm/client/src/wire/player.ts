import type { Exchange } from './exchange.js';

/** A server, or a fetch in its place, that answers requests by a script. */
export interface WirePlayer {
  /** Scheme, host and port for the client's base URL; no slash at its end. */
  readonly origin: string;
  /** A fetch that reaches the player. */
  readonly fetch: typeof globalThis.fetch;
  /** Every request so far, in its order. */
  readonly exchanges: readonly Exchange[];
  /** Ends what is under way; throws a `WireScriptError` when a request found no answer. */
  close(): Promise<void>;
}
