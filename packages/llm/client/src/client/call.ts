import { abandonOn, BreakerOpenError, type Clock, Deadline, retry } from '@drydock/resilience';
import type { AttemptRecord, LlmError, Usage } from '../contract/index.js';
import { SPEND_CAP_CODE } from '../spend/spend-cap.js';
import { explain, interruption, nobody } from './explain.js';
import { mayGoElsewhere, ruleOf } from './failure-policy.js';
import type { Route } from './route.js';
import { deferred } from './with-resolvers.js';

/** What a call needs of its client. */
export interface CallContext {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Attempts at all providers together. */
  readonly maxAttempts: number;
  readonly attemptsPerProvider: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly clock: Clock;
  readonly random: () => number;
}

/** One request to be made. */
export interface Sending {
  readonly route: Route;
  /** Counts from 1 over all providers. */
  readonly number: number;
  /** Fires at the attempt's own deadline, at the call's, and when the caller gives up. */
  readonly signal: AbortSignal;
  /** Milliseconds until the signal fires by itself. */
  readonly timeoutMs: number;
}

/** What is known of a request that succeeded. */
export interface Sent {
  readonly usage?: Usage | undefined;
}

/** One call of a caller: a deadline and a budget for all attempts at all providers. */
export class Call {
  readonly deadline: Deadline;
  readonly attempts: AttemptRecord[] = [];
  readonly #context: CallContext;
  #made = 0;
  #failure: LlmError | undefined;
  /** The latest attempt's end, its record included. */
  #latest: Promise<unknown> | undefined;

  constructor(context: CallContext) {
    this.#context = context;
    const { timeoutMs, signal, clock } = context;
    this.deadline = new Deadline({ timeoutMs, signals: [signal], clock });
  }

  /** The first result of the routes in their order; rejects with an `LlmError` and nothing else. */
  send<T extends Sent>(routes: readonly Route[], send: (sending: Sending) => Promise<T>): Promise<T> {
    return this.#over(routes, (route) => this.#attempt(route, send));
  }

  /** As `send`, but answers as soon as a request has begun to succeed; the request itself may go on. */
  open<T>(
    routes: readonly Route[],
    open: (sending: Sending, opened: (value: T) => void) => Promise<Sent>,
  ): Promise<T> {
    return this.#over(routes, (route) => {
      const { promise, resolve, reject } = deferred<T>();
      this.#attempt(route, (sending) => open(sending, resolve)).catch(reject);
      return promise;
    });
  }

  /** Waits for the end of the request that is under way. */
  async settled(): Promise<void> {
    await this.#latest?.catch(() => {});
  }

  /** The latest request's failure. */
  get failure(): LlmError | undefined {
    return this.#failure;
  }

  async #over<T>(routes: readonly Route[], begin: (route: Route) => Promise<T>): Promise<T> {
    for (const route of routes) {
      if (this.#left === 0) break;
      try {
        return await this.#at(route, begin);
      } catch (error) {
        if (error instanceof BreakerOpenError) continue;
        await this.settled();
        if (this.deadline.signal.aborted) throw interruption(this.deadline, this.deadline, route);
        if (!mayGoElsewhere(explain(error, route))) throw explain(error, route);
      }
    }
    throw this.#failure ?? nobody(routes);
  }

  get #left(): number {
    return this.#context.maxAttempts - this.#made;
  }

  #at<T>(route: Route, begin: (route: Route) => Promise<T>): Promise<T> {
    const { clock, random, attemptsPerProvider, baseDelayMs, maxDelayMs } = this.#context;
    return retry(() => begin(route), {
      deadline: this.deadline,
      attemptsHonourSignal: true,
      policy: { maxAttempts: Math.min(attemptsPerProvider, this.#left), baseDelayMs, maxDelayMs },
      // An answer that nobody received has cost tokens and does no other harm.
      idempotent: true,
      classify: (error) => verdictOn(error, route),
      clock,
      random,
    });
  }

  #attempt<T extends Sent>(route: Route, send: (sending: Sending) => Promise<T>): Promise<T> {
    const attempt = route.bulkhead.run(this.deadline, () =>
      route.breaker.run(() => this.#request(route, send)),
    );
    this.#latest = attempt;
    return attempt;
  }

  async #request<T extends Sent>(route: Route, send: (sending: Sending) => Promise<T>): Promise<T> {
    this.deadline.throwIfOver();
    this.#made += 1;
    const { clock, signal } = this.#context;
    const started = clock.now();
    const remainingMs = this.deadline.remainingMs();
    const timeoutMs = Math.min(route.timeoutMs, remainingMs);
    const own =
      timeoutMs === remainingMs ? this.deadline : new Deadline({ timeoutMs, signals: [signal], clock });
    try {
      const sending = { route, number: this.#made, signal: own.signal, timeoutMs };
      const result = await abandonOn(own.signal, send(sending));
      this.#note(route, started, 'ok', result.usage);
      route.misconfigured = undefined;
      return result;
    } catch (error) {
      const failure = own.signal.aborted ? interruption(this.deadline, own, route) : explain(error, route);
      // The cap refused it before anything was sent.
      if (failure.code === SPEND_CAP_CODE) this.#made -= 1;
      else this.#note(route, started, failure.kind, explain(error, route).usage);
      if (ruleOf(failure).misconfigured) route.misconfigured = failure;
      this.#failure = failure;
      throw failure;
    } finally {
      if (own !== this.deadline) own.close();
    }
  }

  #note({ provider, model }: Route, started: number, outcome: AttemptRecord['outcome'], usage?: Usage): void {
    const durationMs = this.#context.clock.now() - started;
    this.attempts.push({ provider: provider.name, model, durationMs, outcome, ...(usage && { usage }) });
  }
}

function verdictOn(error: unknown, route: Route) {
  if (error instanceof BreakerOpenError) return { transient: false, outcome: 'not_sent' } as const;
  const failure = explain(error, route);
  const { retriable, retryAfterMs } = failure;
  const pause = retryAfterMs === undefined ? {} : { retryAfterMs };
  return { transient: retriable && ruleOf(failure).again, outcome: 'rejected', ...pause } as const;
}
