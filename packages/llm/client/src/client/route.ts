import { Breaker, Bulkhead, type Clock } from '@drydock/resilience';
import { LlmError, type Provider } from '../contract/index.js';
import type { ProviderOptions } from './client-options.js';
import { ruleOf } from './failure-policy.js';

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_CONCURRENCY = 16;

/** A provider with what the client knows and remembers of it. */
export class Route {
  readonly provider: Provider;
  /** The model it is asked for, unless a request names another. */
  readonly model: string;
  /** Longest that one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly breaker: Breaker;
  readonly bulkhead: Bulkhead;
  /** Why it refuses every call, once it has said so. */
  misconfigured: LlmError | undefined;

  constructor(options: ProviderOptions, clock: Clock) {
    this.provider = options.provider;
    this.model = options.model ?? options.provider.model;
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.bulkhead = new Bulkhead(options.concurrency ?? DEFAULT_CONCURRENCY);
    this.breaker = new Breaker({
      ...options.breaker,
      clock,
      isFailure: (error) => LlmError.isInstance(error) && ruleOf(error).providersFault,
      isInconclusive: (error) => !LlmError.isInstance(error) || ruleOf(error).inconclusive === true,
    });
  }
}
