import type { Clock } from '@drydock/resilience';
import type { Provider } from '../contract/index.js';
import type { SpendCap } from '../spend/spend-cap.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import type { FallbackCause } from './failure-policy.js';

/** A provider and what applies to it alone. */
export interface ProviderOptions {
  /** The provider itself. */
  readonly provider: Provider;
  /** Model of requests that name none. @default the provider's own */
  readonly model?: string | undefined;
  /** Longest that one attempt may take, in milliseconds. @default 60_000 */
  readonly timeoutMs?: number | undefined;
  /** Longest wait of a stream for its first content, in milliseconds, after which it is another attempt's turn. @default that of the call */
  readonly firstEventMs?: number | undefined;
  /** Longest wait of a stream for further content, in milliseconds. @default that of the call */
  readonly idleMs?: number | undefined;
  /** Requests under way at once; further ones wait within their deadline. @default 16 */
  readonly concurrency?: number | undefined;
  /** When the provider gets no requests for a while. @default after 5 failures in a row, for 10_000 ms */
  readonly breaker?: { readonly failures?: number; readonly cooldownMs?: number } | undefined;
}

/** How often and how fast attempts are repeated. */
export interface ClientRetryOptions {
  /** Attempts at one provider, the first and a repair included. @default 2 */
  readonly perProvider?: number | undefined;
  /** Upper bound of the first pause, in milliseconds; doubles, and the pause is random below it. @default 250 */
  readonly baseDelayMs?: number | undefined;
  /** Upper bound of any pause but one that a provider asks for, in milliseconds. @default 5_000 */
  readonly maxDelayMs?: number | undefined;
}

/** Options of `createClient`. */
export interface ClientOptions {
  /** Providers, in the order in which calls try them. */
  readonly providers: readonly (Provider | ProviderOptions)[];
  /** Deadline of a call with all its attempts and pauses, in milliseconds. @default 120_000 */
  readonly timeoutMs?: number | undefined;
  /** Attempts of a call at all providers together. @default 6 */
  readonly maxAttempts?: number | undefined;
  /**
   * Kinds of errors and finish reasons after which the next provider is asked too, such as `content_filtered` or `length`.
   * Where none gives a better answer, that which came first is the result. @default []
   */
  readonly fallbackOn?: readonly FallbackCause[] | undefined;
  /** How attempts at one provider are repeated. */
  readonly retry?: ClientRetryOptions | undefined;
  /** What the calls may spend together. @default no cap */
  readonly spendCap?: SpendCap | undefined;
  /** Observes every attempt. @default none */
  readonly telemetry?: Telemetry | undefined;
  /** Monotonic time; replaced in tests. @default the process' */
  readonly clock?: Clock | undefined;
  /** Source of jitter in [0, 1); replaced in tests. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** Options of one call, over those of the client. */
export interface ClientCallOptions {
  /** Deadline of this call, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** Longest that one attempt may take, in milliseconds, where a provider's own limit is not shorter. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Longest wait of a stream for its first content, in milliseconds, after which it is another attempt's turn. */
  readonly firstEventMs?: number | undefined;
  /** Longest wait of a stream for further content, in milliseconds. */
  readonly idleMs?: number | undefined;
  /** Attempts of this call. */
  readonly maxAttempts?: number | undefined;
  /** Kinds of errors and finish reasons after which this call asks the next provider too. */
  readonly fallbackOn?: readonly FallbackCause[] | undefined;
  /** Ends the call; it is then never repeated. */
  readonly signal?: AbortSignal | undefined;
}
