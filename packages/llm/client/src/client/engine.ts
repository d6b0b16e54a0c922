import { systemClock } from '@drydock/resilience';
import type {
  EmbedRequest,
  EmbedResult,
  GenerateRequest,
  GenerateResult,
  HealthReport,
  StructuredRequest,
  StructuredResult,
} from '../contract/index.js';
import {
  embedTokenUpperBound,
  structuredTokenUpperBound,
  tokenUpperBound,
  withOutputLimit,
} from '../spend/token-upper-bound.js';
import type { Answer, StreamAnswer } from './answer.js';
import { explained, withAttempts } from './attach-attempts.js';
import { Call } from './call.js';
import { checkHealth } from './check-health.js';
import { checkPositive, withOptions } from './check-options.js';
import type { Client } from './client.js';
import type { ClientCallOptions, ClientOptions } from './client-options.js';
import { CLIENT_DEFAULTS, RETRY_DEFAULTS } from './defaults.js';
import { Repairs } from './repairs.js';
import type { Route } from './route.js';
import { type ProviderStatus, Routes } from './routes.js';
import { type Attempt, type AttemptResult, type AttemptSpec, runAttempt } from './run-attempt.js';
import { streamWithFallback } from './stream-with-fallback.js';

/** Makes the calls of one client. */
export class Engine implements Client {
  readonly #options: ClientOptions;
  readonly #routes: Routes;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#routes = new Routes(options.providers.map(withOptions), options.clock ?? systemClock);
  }

  generate(request: GenerateRequest, options?: ClientCallOptions): Promise<Answer<GenerateResult>> {
    const repairs = new Repairs(request);
    const routes = () => this.#routes.usable(request.model);
    return this.#answer(routes, options, (attempt) =>
      repairs.send(attempt.route, (current) =>
        this.#chat(attempt, current, tokenUpperBound, (own) =>
          attempt.route.provider.generate(own, attempt.limits),
        ),
      ),
    );
  }

  generateStructured<T>(
    request: StructuredRequest<T>,
    options?: ClientCallOptions,
  ): Promise<Answer<StructuredResult<T>>> {
    const repairs = new Repairs(request);
    const routes = () => this.#routes.usable(request.model);
    return this.#answer(routes, options, (attempt) =>
      repairs.send(attempt.route, (current) =>
        this.#chat(attempt, current, structuredTokenUpperBound, (own) =>
          attempt.route.provider.generateStructured(own, attempt.limits),
        ),
      ),
    );
  }

  stream(request: GenerateRequest, options?: ClientCallOptions): StreamAnswer {
    return streamWithFallback({
      call: () => this.#call(options),
      clock: this.#options.clock ?? systemClock,
      routes: () => this.#routes.usable(request.model),
      begin: (attempt, run) => this.#chat(attempt, request, tokenUpperBound, run),
    });
  }

  embed(request: EmbedRequest, options?: ClientCallOptions): Promise<Answer<EmbedResult>> {
    const spec: AttemptSpec = {
      operation: 'embeddings',
      model: request.model ?? 'default',
      tokenUpperBound: () => embedTokenUpperBound(request),
    };
    const routes = () => [this.#routes.embedding()];
    return this.#answer(routes, options, (attempt) => {
      const { provider } = attempt.route;
      return runAttempt(
        this.#options,
        attempt,
        spec,
        async () => (await provider.embed?.(request, attempt.limits)) as EmbedResult,
      );
    });
  }

  healthCheck(options?: ClientCallOptions): Promise<Readonly<Record<string, HealthReport>>> {
    const { timeoutMs = CLIENT_DEFAULTS.timeoutMs, clock } = this.#options;
    const { signal } = options ?? {};
    return checkHealth(this.#routes.all, { timeoutMs: options?.timeoutMs ?? timeoutMs, signal, clock });
  }

  status(): readonly ProviderStatus[] {
    return this.#routes.status();
  }

  /** Sends a request in the form that the attempt's provider gets: for its model, and limited under a spend cap. */
  #chat<R extends GenerateRequest, T extends AttemptResult>(
    attempt: Attempt,
    request: R,
    upperBound: (own: R) => number,
    send: (own: R) => Promise<T>,
  ): Promise<T> {
    const { model } = attempt.route;
    const named = { ...request, model };
    const own = this.#options.spendCap ? withOutputLimit(named) : named;
    const spec: AttemptSpec = {
      operation: 'chat',
      model,
      request: own,
      tokenUpperBound: () => upperBound(own),
    };
    return runAttempt(this.#options, attempt, spec, () => send(own));
  }

  async #answer<T extends AttemptResult>(
    routes: () => readonly Route[],
    options: ClientCallOptions | undefined,
    send: (attempt: Attempt) => Promise<T>,
  ): Promise<Answer<T>> {
    const call = this.#call(options);
    try {
      return withAttempts(await call.send(routes(), send), call);
    } catch (error) {
      throw explained(error, call);
    } finally {
      call.deadline.close();
    }
  }

  #call(options: ClientCallOptions = {}): Call {
    const { timeoutMs, attemptTimeoutMs, firstEventMs, idleMs, maxAttempts, fallbackOn, signal } = options;
    checkPositive({ timeoutMs, attemptTimeoutMs, firstEventMs, idleMs, maxAttempts });
    const { retry, clock = systemClock, random = Math.random, ...client } = this.#options;
    return new Call({
      timeoutMs: timeoutMs ?? client.timeoutMs ?? CLIENT_DEFAULTS.timeoutMs,
      attemptTimeoutMs: attemptTimeoutMs ?? Number.POSITIVE_INFINITY,
      firstEventMs,
      idleMs,
      maxAttempts: maxAttempts ?? client.maxAttempts ?? CLIENT_DEFAULTS.maxAttempts,
      fallbackOn: fallbackOn ?? client.fallbackOn,
      signal,
      perProvider: retry?.perProvider ?? RETRY_DEFAULTS.perProvider,
      baseDelayMs: retry?.baseDelayMs ?? RETRY_DEFAULTS.baseDelayMs,
      maxDelayMs: retry?.maxDelayMs ?? RETRY_DEFAULTS.maxDelayMs,
      clock,
      random,
    });
  }
}
