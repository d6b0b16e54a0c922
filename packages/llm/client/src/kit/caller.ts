import { abandonOn, type Clock, Deadline } from '@drydock/resilience';
import { DEFAULT_CALL_TIMEOUT_MS } from '../contract/generate.js';
import {
  type CallOptions,
  type HealthReport,
  LlmError,
  type RequestContext,
  type StreamEvent,
  toLlmError,
} from '../contract/index.js';
import { explainFailure } from './failures/explain-failure.js';
import type { FailureDialect } from './failures/failure-dialect.js';
import type { WallClock } from './failures/retry-after.js';
import type { StreamReader } from './streams/stream-assembly.js';
import { streamEvents } from './streams/stream-events.js';

/** What all calls of a provider have in common. */
export interface CallerOptions {
  /** Name of the provider. */
  readonly provider: string;
  /** How its service speaks of failures. */
  readonly failures: FailureDialect;
  /** Never told in an error, wherever the service echoes it. */
  readonly apiKey?: string | undefined;
  /** Time of deadlines. @default the process' monotonic clock */
  readonly clock?: Clock | undefined;
  /** Time that dates of the service are compared with. @default Date.now */
  readonly wallClock?: WallClock | undefined;
}

/** One request under way. */
export interface Request {
  readonly context: RequestContext;
  /** Fires at the deadline, and when the caller gives up. */
  readonly signal: AbortSignal;
}

/** Makes the calls of a provider: one deadline over status and body, the caller's signal, errors of one family. */
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
      return await begin(deadline, context, send);
    } catch (error) {
      throw this.#explain(error, deadline, context);
    } finally {
      if (!given) deadline.close();
    }
  }

  /** Makes one call whose answer comes in pieces; leaving it ends the request. */
  async *stream<Piece>(
    model: string,
    options: CallOptions | undefined,
    open: (request: Request) => Promise<AsyncIterable<Piece>>,
    read: StreamReader<Piece>,
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const context = this.#context(model);
    const leaving = new AbortController();
    const deadline = this.#deadline(options, leaving.signal);
    try {
      const pieces = await begin(deadline, context, open);
      yield* streamEvents(pieces, { context, signal: deadline.signal, read, clock: this.#options.clock });
    } catch (error) {
      throw this.#explain(error, deadline, context);
    } finally {
      // Before the deadline lets go of it.
      leaving.abort();
      deadline.close();
    }
  }

  /** Whether a call that spends nothing succeeds; rejects only when the caller gave up. */
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
    const { failures: dialect, apiKey, wallClock } = this.#options;
    if (!deadline.signal.aborted) return explainFailure(error, { context, dialect, apiKey, wallClock });
    if (!deadline.exceeded) return toLlmError('aborted', { ...context, detail: 'the caller gave up' });
    const detail = `no complete answer within ${Math.round(deadline.timeoutMs)} ms; raise timeoutMs`;
    return toLlmError('timeout', { ...context, detail, code: 'DEADLINE', retriable: true });
  }

  #deadline(
    { timeoutMs = DEFAULT_CALL_TIMEOUT_MS, signal }: CallOptions = {},
    leaving?: AbortSignal,
  ): Deadline {
    return new Deadline({ timeoutMs, signals: [signal, leaving], clock: this.#options.clock });
  }

  #context(model: string | undefined): RequestContext {
    return { provider: this.#options.provider, ...(model !== undefined && { model }) };
  }
}

function begin<T>(
  { signal }: Deadline,
  context: RequestContext,
  send: (request: Request) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  return abandonOn(signal, send({ context, signal }));
}

/** A client hands its attempt's own deadline down as a signal; another one within it would never be the first to fire. */
function givenDeadline({
  timeoutMs = DEFAULT_CALL_TIMEOUT_MS,
  signal,
}: CallOptions = {}): Deadline | undefined {
  const given = signal && Deadline.of(signal);
  return given && given.remainingMs() <= timeoutMs ? given : undefined;
}
