import { abandonOn, BreakerOpenError, type Clock, Deadline, retry } from '@drydock/resilience';
import type { AttemptRecord, CallTimings, LlmError, Usage } from '../contract/index.js';
import { SPEND_CAP_CODE } from '../spend/spend-cap.js';
import { explain, interruption, noProviderLeft } from './explain.js';
import { type FallbackCause, mayFallBack, ruleOf } from './failure-policy.js';
import type { Route } from './route.js';
import type { Attempt, AttemptResult } from './run-attempt.js';
import { withResolvers } from './with-resolvers.js';

/** What a call needs of its client. */
export interface CallContext {
  readonly timeoutMs: number;
  /** Longest that one attempt may take. */
  readonly attemptTimeoutMs: number;
  /** Limits of a stream's silence, for providers without their own. */
  readonly firstEventMs: number | undefined;
  readonly idleMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Most attempts at all providers together. */
  readonly maxAttempts: number;
  readonly perProvider: number;
  /** Further causes for asking the next provider. */
  readonly fallbackOn: readonly FallbackCause[] | undefined;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** One call of the client: a deadline and a budget of attempts over all providers. */
export class Call {
  readonly deadline: Deadline;
  readonly attempts: AttemptRecord[] = [];
  readonly #context: CallContext;
  #made = 0;
  #failure: LlmError | undefined;
  /** Settles once the latest attempt has ended and is recorded. */
  #latest: Promise<unknown> | undefined;

  constructor(context: CallContext) {
    this.#context = context;
    const { timeoutMs, signal, clock } = context;
    this.deadline = new Deadline({ timeoutMs, signals: [signal], clock });
  }

  /** The result of the first route that succeeds, in their order; rejects with an `LlmError` and nothing else. */
  send<T extends AttemptResult>(
    routes: readonly Route[],
    send: (attempt: Attempt) => Promise<T>,
  ): Promise<T> {
    const { fallbackOn = [] } = this.#context;
    const isWanted = ({ finishReason }: T) => !finishReason || !fallbackOn.includes(finishReason);
    return this.#firstSuccess(routes, (route) => this.#attempt(route, send), isWanted);
  }

  /** As `send`, but resolves once a request has begun to succeed, while that request goes on. */
  open<T>(
    routes: readonly Route[],
    open: (attempt: Attempt, opened: (value: T) => void) => Promise<AttemptResult>,
  ): Promise<T> {
    return this.#firstSuccess(routes, (route) => {
      const { promise, resolve, reject } = withResolvers<T>();
      this.#attempt(route, (attempt) => open(attempt, resolve)).catch(reject);
      return promise;
    });
  }

  /** Resolves at the end of the request that is under way. */
  async settled(): Promise<void> {
    await this.#latest?.catch(() => {});
  }

  /** The latest request's failure. */
  get failure(): LlmError | undefined {
    return this.#failure;
  }

  async #firstSuccess<T>(
    routes: readonly Route[],
    begin: (route: Route) => Promise<T>,
    isWanted: (result: T) => boolean = () => true,
  ): Promise<T> {
    let unwanted: { readonly result: T } | undefined;
    for (const route of routes) {
      if (this.#left === 0) break;
      try {
        const result = await this.#withRetries(route, begin);
        if (isWanted(result)) return result;
        unwanted ??= { result };
      } catch (error) {
        if (error instanceof BreakerOpenError) continue;
        await this.settled();
        if (this.deadline.signal.aborted && unwanted) break;
        if (this.deadline.signal.aborted) throw interruption(this.deadline, this.deadline, route);
        if (!mayFallBack(explain(error, route), this.#context.fallbackOn)) throw explain(error, route);
      }
    }
    if (unwanted) return unwanted.result;
    throw this.#failure ?? noProviderLeft(routes);
  }

  get #left(): number {
    return this.#context.maxAttempts - this.#made;
  }

  #withRetries<T>(route: Route, begin: (route: Route) => Promise<T>): Promise<T> {
    const { clock, random, perProvider, baseDelayMs, maxDelayMs } = this.#context;
    return retry(() => begin(route), {
      deadline: this.deadline,
      attemptsHonourSignal: true,
      policy: { maxAttempts: Math.min(perProvider, this.#left), baseDelayMs, maxDelayMs },
      // An answer that was lost has cost tokens, and does no other harm.
      idempotent: true,
      classify: (error) => verdictOn(error, route),
      clock,
      random,
    });
  }

  #attempt<T extends AttemptResult>(route: Route, send: (attempt: Attempt) => Promise<T>): Promise<T> {
    const attempt = route.bulkhead.run(this.deadline, () =>
      route.breaker.run(() => this.#request(route, send)),
    );
    this.#latest = attempt;
    return attempt;
  }

  async #request<T extends AttemptResult>(route: Route, send: (attempt: Attempt) => Promise<T>): Promise<T> {
    this.deadline.throwIfOver();
    this.#made += 1;
    const { clock, signal, attemptTimeoutMs } = this.#context;
    const started = clock.now();
    const timings: CallTimings = {};
    const remainingMs = this.deadline.remainingMs();
    const timeoutMs = Math.min(route.timeoutMs, attemptTimeoutMs, remainingMs);
    const own =
      timeoutMs === remainingMs ? this.deadline : new Deadline({ timeoutMs, signals: [signal], clock });
    try {
      const { firstEventMs = this.#context.firstEventMs, idleMs = this.#context.idleMs } = route.silence;
      const limits = { signal: own.signal, timeoutMs, firstEventMs, idleMs, timings };
      const attempt = { route, number: this.#made, limits };
      const result = await abandonOn(own.signal, send(attempt));
      this.#record(route, { started, timings }, 'ok', result.usage);
      route.misconfigured = undefined;
      return result;
    } catch (error) {
      const failure = own.signal.aborted ? interruption(this.deadline, own, route) : explain(error, route);
      // The spend cap refused the attempt before anything was sent.
      if (failure.code === SPEND_CAP_CODE) this.#made -= 1;
      else this.#record(route, { started, timings }, failure.kind, explain(error, route).usage);
      if (ruleOf(failure).misconfigured) route.misconfigured = failure;
      this.#failure = failure;
      throw failure;
    } finally {
      if (own !== this.deadline) own.close();
    }
  }

  #record(
    { provider, model }: Route,
    { started, timings: { elsewhereMs } }: { readonly started: number; readonly timings: CallTimings },
    outcome: AttemptRecord['outcome'],
    usage?: Usage,
  ): void {
    const durationMs = this.#context.clock.now() - started;
    this.attempts.push({
      provider: provider.name,
      model,
      durationMs,
      ...(elsewhereMs !== undefined && { overheadMs: Math.max(0, durationMs - elsewhereMs) }),
      outcome,
      ...(usage && { usage }),
    });
  }
}

function verdictOn(error: unknown, route: Route) {
  if (error instanceof BreakerOpenError) return { transient: false, outcome: 'not_sent' } as const;
  const failure = explain(error, route);
  const { retriable, retryAfterMs } = failure;
  const pause = retryAfterMs === undefined ? {} : { retryAfterMs };
  return { transient: retriable && ruleOf(failure).again, outcome: 'rejected', ...pause } as const;
}
