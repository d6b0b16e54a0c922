import { Breaker, Bulkhead, type Clock } from '@drydock/resilience';
import { LlmError, type Provider } from '../contract/index.js';
import type { ProviderOptions } from './client-options.js';
import { PROVIDER_DEFAULTS } from './defaults.js';
import { ruleOf } from './failure-policy.js';

/** A provider with the client's options and state for it. */
export class Route {
  readonly provider: Provider;
  /** Model that the provider is asked for. */
  readonly model: string;
  /** Longest that one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Limits of a stream's silence. */
  readonly silence: Pick<ProviderOptions, 'firstEventMs' | 'idleMs'>;
  readonly breaker: Breaker;
  readonly bulkhead: Bulkhead;
  /** The error that shows the provider to be misconfigured, such as one of a wrong key; undefined while none is known. */
  misconfigured: LlmError | undefined;

  constructor(options: ProviderOptions, clock: Clock) {
    this.provider = options.provider;
    this.model = options.model ?? options.provider.model;
    this.timeoutMs = options.timeoutMs ?? PROVIDER_DEFAULTS.timeoutMs;
    const { firstEventMs, idleMs } = options;
    this.silence = { firstEventMs, idleMs };
    this.bulkhead = new Bulkhead(options.concurrency ?? PROVIDER_DEFAULTS.concurrency);
    this.breaker = new Breaker({
      ...options.breaker,
      clock,
      isFailure: (error) => LlmError.isInstance(error) && ruleOf(error).providersFault,
      isInconclusive: (error) => !LlmError.isInstance(error) || ruleOf(error).inconclusive === true,
    });
  }
}
