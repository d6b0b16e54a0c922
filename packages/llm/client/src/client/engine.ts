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
import { capped, embedTokensAtMost, structuredTokensAtMost, tokensAtMost } from '../spend/max-tokens.js';
import type { Answer, StreamAnswer } from './answer.js';
import { answerOf, explained } from './attach-attempts.js';
import { Call, type Sending } from './call.js';
import { checkHealth } from './check-health.js';
import { checkPositive, withOptions } from './check-options.js';
import type { Client } from './client.js';
import type { ClientCallOptions, ClientOptions } from './client-options.js';
import { Repairs } from './repairs.js';
import type { Route } from './route.js';
import { type ProviderStatus, Routes } from './routes.js';
import { type Performance, perform, type Told } from './run-attempt.js';
import { streamOver } from './stream-with-fallback.js';

const DEFAULT_TIMEOUT_MS = 120_000;
const DEFAULT_MAX_ATTEMPTS = 6;
const DEFAULT_ATTEMPTS_PER_PROVIDER = 2;
const DEFAULT_BASE_DELAY_MS = 250;
const DEFAULT_MAX_DELAY_MS = 5_000;

/** Makes the calls of one client. */
export class Engine implements Client {
  readonly #options: ClientOptions;
  readonly #routes: Routes;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#routes = new Routes(options.providers.map(withOptions), options.clock ?? systemClock);
  }

  generate(request: GenerateRequest, options?: ClientCallOptions): Promise<Answer<GenerateResult>> {
    const routes = () => this.#routes.usable(request.model);
    return this.#whole(routes, options, (sending) => {
      const own = this.#own(request, sending.route);
      const { route, signal, timeoutMs } = sending;
      return perform(this.#options, sending, chatOf(own, tokensAtMost), () =>
        route.provider.generate(own, { signal, timeoutMs }),
      );
    });
  }

  generateStructured<T>(
    request: StructuredRequest<T>,
    options?: ClientCallOptions,
  ): Promise<Answer<StructuredResult<T>>> {
    const repairs = new Repairs(request);
    const routes = () => this.#routes.usable(request.model);
    return this.#whole(routes, options, (sending) =>
      repairs.send(sending.route, (asked) => {
        const own = this.#own(asked, sending.route);
        const { route, signal, timeoutMs } = sending;
        return perform(this.#options, sending, chatOf(own, structuredTokensAtMost), () =>
          route.provider.generateStructured(own, { signal, timeoutMs }),
        );
      }),
    );
  }

  stream(request: GenerateRequest, options?: ClientCallOptions): StreamAnswer {
    return streamOver({
      call: () => this.#call(options),
      routes: () => this.#routes.usable(request.model),
      begin: (sending, whole) => {
        const own = this.#own(request, sending.route);
        return perform(this.#options, sending, chatOf(own, tokensAtMost), () => whole(own));
      },
    });
  }

  embed(request: EmbedRequest, options?: ClientCallOptions): Promise<Answer<EmbedResult>> {
    const embeddings: Performance = {
      operation: 'embeddings',
      model: request.model ?? 'default',
      tokensAtMost: () => embedTokensAtMost(request),
    };
    return this.#whole(
      () => [this.#routes.embedding()],
      options,
      (sending) =>
        perform(this.#options, sending, embeddings, async () => {
          const { route, signal, timeoutMs } = sending;
          return (await route.provider.embed?.(request, { signal, timeoutMs })) as EmbedResult;
        }),
    );
  }

  healthCheck(options?: ClientCallOptions): Promise<Readonly<Record<string, HealthReport>>> {
    const { timeoutMs = DEFAULT_TIMEOUT_MS, clock } = this.#options;
    return checkHealth(this.#routes.all, {
      timeoutMs: options?.timeoutMs ?? timeoutMs,
      signal: options?.signal,
      clock,
    });
  }

  status(): readonly ProviderStatus[] {
    return this.#routes.status();
  }

  /** The request as one provider gets it. */
  #own<R extends GenerateRequest>(request: R, route: Route): R {
    const own = { ...request, model: route.model };
    return this.#options.spendCap ? capped(own) : own;
  }

  async #whole<T extends Told>(
    routes: () => readonly Route[],
    options: ClientCallOptions | undefined,
    send: (sending: Sending) => Promise<T>,
  ): Promise<Answer<T>> {
    const call = this.#call(options);
    try {
      return answerOf(await call.send(routes(), send), call);
    } catch (error) {
      throw explained(error, call);
    } finally {
      call.deadline.close();
    }
  }

  #call(options: ClientCallOptions = {}): Call {
    checkPositive({ timeoutMs: options.timeoutMs, maxAttempts: options.maxAttempts });
    const { retry, clock = systemClock, random = Math.random } = this.#options;
    return new Call({
      timeoutMs: options.timeoutMs ?? this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      maxAttempts: options.maxAttempts ?? this.#options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
      signal: options.signal,
      attemptsPerProvider: retry?.perProvider ?? DEFAULT_ATTEMPTS_PER_PROVIDER,
      baseDelayMs: retry?.baseDelayMs ?? DEFAULT_BASE_DELAY_MS,
      maxDelayMs: retry?.maxDelayMs ?? DEFAULT_MAX_DELAY_MS,
      clock,
      random,
    });
  }
}

function chatOf<R extends GenerateRequest>(request: R, bound: (request: R) => number): Performance {
  return {
    operation: 'chat',
    model: request.model ?? 'default',
    request,
    tokensAtMost: () => bound(request),
  };
}
