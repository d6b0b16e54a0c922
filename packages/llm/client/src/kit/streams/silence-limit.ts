import type { Clock } from '@drydock/resilience';
import { type CallOptions, type LlmError, type RequestContext, toLlmError } from '../../contract/index.js';

/**
 * Ends a stream that brings no content for too long. Time counts only while something is waited for: a consumer may take as
 * long as it likes with what has come, and what is not content, such as a comment that keeps the connection open, wins no time.
 */
export class SilenceLimit {
  readonly #idleMs: number;
  readonly #clock: Clock;
  readonly #context: RequestContext;
  readonly #controller = new AbortController();
  #code = 'FIRST_EVENT';
  #limitMs: number;
  #leftMs: number;
  #failure: LlmError | undefined;

  constructor({ firstEventMs, idleMs }: CallOptions, clock: Clock, context: RequestContext) {
    this.#idleMs = idleMs ?? Number.POSITIVE_INFINITY;
    this.#limitMs = firstEventMs ?? Number.POSITIVE_INFINITY;
    this.#leftMs = this.#limitMs;
    this.#clock = clock;
    this.#context = context;
  }

  /** Fires when the stream has been silent for too long. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the stream was ended. */
  get failure(): LlmError | undefined {
    return this.#failure;
  }

  /** Waits for what comes next, at most as long as is left. */
  async wait<T>(next: Promise<T>): Promise<T> {
    if (!Number.isFinite(this.#leftMs)) return next;
    const started = this.#clock.now();
    const cancel = this.#clock.schedule(() => this.#end(), Math.max(0, this.#leftMs));
    try {
      return await next;
    } finally {
      cancel();
      this.#leftMs -= this.#clock.now() - started;
    }
  }

  /** Starts the time anew, since content has come. */
  onContent(): void {
    this.#code = 'IDLE';
    this.#limitMs = this.#idleMs;
    this.#leftMs = this.#idleMs;
  }

  #end(): void {
    const which =
      this.#code === 'IDLE' ? 'no further content within idleMs' : 'no content within firstEventMs';
    const detail = `${which}, ${this.#limitMs} ms; raise it, or ask another provider`;
    this.#failure = toLlmError('timeout', { ...this.#context, detail, code: this.#code, retriable: true });
    this.#controller.abort(this.#failure);
  }
}
