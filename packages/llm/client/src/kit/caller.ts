import { abandonOn, type Clock, Deadline, systemClock } from '@drydock/resilience';
import { DEFAULT_CALL_TIMEOUT_MS } from '../contract/generate.js';
import {
  type CallOptions,
  type HealthReport,
  LlmError,
  type RequestContext,
  type StreamEvent,
  toAbortedError,
  toLlmError,
} from '../contract/index.js';
import { Exchange } from './exchange.js';
import { explainFailure } from './failures/explain-failure.js';
import type { FailureOptions } from './failures/failure-dialect.js';
import { SilenceLimit } from './streams/silence-limit.js';
import type { StreamReader } from './streams/stream-assembly.js';
import { type StreamEventsOptions, streamEvents } from './streams/stream-events.js';

/** Options of a `Caller`. */
export interface CallerOptions extends FailureOptions {
  /** Name of the provider. */
  readonly provider: string;
  /** Time of deadlines. @default the process' monotonic clock */
  readonly clock?: Clock | undefined;
}

/** What one request is made with. */
export interface Request {
  readonly context: RequestContext;
  /** Fires at the deadline, and when the caller gives up. */
  readonly signal: AbortSignal;
  /** Knows how long the service took, and the headers of its answer. */
  readonly exchange: Exchange;
}

/** Makes the calls of a provider: with one deadline over status and body, with the caller's signal, and with errors of one family. */
export class Caller {
  readonly #options: CallerOptions;

  constructor(options: CallerOptions) {
    this.#options = options;
  }

  /**
   * Makes one call; nothing of it is under way when it settles.
   *
   * @throws LlmError and nothing else; before anything is sent when the signal has fired already.
   */
  async call<T>(
    model: string | undefined,
    options: CallOptions | undefined,
    send: (request: Request) => Promise<T>,
  ): Promise<T> {
    const context = this.#context(model);
    const given = givenDeadline(options);
    const deadline = given ?? this.#deadline(options);
    try {
      return await begin(deadline, context, this.#exchange(options), send);
    } catch (error) {
      throw this.#explain(error, deadline, context);
    } finally {
      if (!given) deadline.close();
    }
  }

  /** Makes one call whose answer comes in pieces; a consumer that leaves the loop ends the request. */
  async *stream<Piece>(
    model: string,
    options: CallOptions | undefined,
    open: (request: Request) => Promise<AsyncIterable<Piece>>,
    read: StreamReader<Piece>,
    check?: StreamEventsOptions<Piece>['check'],
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const context = this.#context(model);
    const leaving = new AbortController();
    const silence = this.#silence(options, context);
    const deadline = this.#deadline(options, leaving.signal, silence?.signal);
    try {
      const exchange = this.#exchange(options);
      const opening = begin(deadline, context, exchange, open);
      const pieces = await (silence ? silence.wait(opening) : opening);
      yield* streamEvents(pieces, {
        context,
        signal: deadline.signal,
        exchange,
        read,
        check,
        silence,
        clock: this.#options.clock,
      });
    } catch (error) {
      throw (deadline.exceeded ? undefined : silence?.failure) ?? this.#explain(error, deadline, context);
    } finally {
      // First, since a closed deadline no longer follows this signal.
      leaving.abort();
      deadline.close();
    }
  }

  /** The report on a call that spends nothing; rejects only when the caller's signal fired. */
  async health(
    options: CallOptions | undefined,
    send: (request: Request) => Promise<unknown>,
  ): Promise<HealthReport> {
    const { clock = performance } = this.#options;
    const started = clock.now();
    try {
      await this.call(undefined, options, send);
      return { healthy: true, latencyMs: clock.now() - started };
    } catch (error) {
      if (LlmError.isInstance(error) && error.kind === 'aborted') throw error;
      return { healthy: false, latencyMs: clock.now() - started, reason: (error as Error).message };
    }
  }

  #explain(error: unknown, deadline: Deadline, context: RequestContext): LlmError {
    if (!deadline.signal.aborted) return explainFailure(error, context, this.#options);
    if (!deadline.exceeded) {
      const { reason } = deadline.signal;
      return toAbortedError({ ...context, detail: "the caller's signal fired" }, reason);
    }
    const detail = `no complete answer within ${Math.round(deadline.timeoutMs)} ms; raise timeoutMs`;
    return toLlmError('timeout', { ...context, detail, code: 'DEADLINE', retriable: true });
  }

  #deadline(
    { timeoutMs = DEFAULT_CALL_TIMEOUT_MS, signal }: CallOptions = {},
    ...ends: (AbortSignal | undefined)[]
  ): Deadline {
    return new Deadline({ timeoutMs, signals: [signal, ...ends], clock: this.#options.clock });
  }

  /** The limits of a stream's silence, where the options have any. */
  #silence(options: CallOptions = {}, context: RequestContext): SilenceLimit | undefined {
    const { firstEventMs, idleMs } = options;
    if (firstEventMs === undefined && idleMs === undefined) return undefined;
    return new SilenceLimit(options, this.#options.clock ?? systemClock, context);
  }

  #exchange({ timings }: CallOptions = {}): Exchange {
    return new Exchange(this.#options.clock, timings, this.#options.wallClock);
  }

  #context(model: string | undefined): RequestContext {
    return { provider: this.#options.provider, ...(model !== undefined && { model }) };
  }
}

function begin<T>(
  { signal }: Deadline,
  context: RequestContext,
  exchange: Exchange,
  send: (request: Request) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  return abandonOn(signal, send({ context, signal, exchange }));
}

/** The deadline of the signal itself, as a client passes it with an attempt, if it ends no later than the call's own would. */
function givenDeadline({
  timeoutMs = DEFAULT_CALL_TIMEOUT_MS,
  signal,
}: CallOptions = {}): Deadline | undefined {
  const given = signal && Deadline.of(signal);
  return given && given.remainingMs() <= timeoutMs ? given : undefined;
}
