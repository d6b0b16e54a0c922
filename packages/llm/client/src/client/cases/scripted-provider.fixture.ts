import { type Clock, sleep } from '@drydock/resilience';
import {
  type CallOptions,
  type GenerateRequest,
  type GenerateResult,
  type LlmErrorKind,
  type Provider,
  type StreamEvent,
  type StructuredRequest,
  type StructuredResult,
  toLlmError,
  type Usage,
} from '../../contract/index.js';
import { prepareOutput, STRICT_DIALECT } from '../../structured/index.js';

// Loading a library takes real time, which a virtual clock does not wait for.
await import('@cfworker/json-schema');

/** How a scripted provider behaves at one request. */
export interface Step {
  /** Milliseconds until it answers, fails, or tells its first event. @default 0 */
  readonly afterMs?: number;
  /** Fails with an error of this kind; answers when absent. */
  readonly error?: LlmErrorKind;
  readonly retriable?: boolean;
  readonly retryAfterMs?: number;
  /** Text of the answer. @default 'from NAME' */
  readonly text?: string;
  /** Tokens of the answer, or of the failure. */
  readonly tokens?: number;
  /** Never answers, and does not listen to the signal either. */
  readonly deaf?: boolean;
  /** Throws something that is no `LlmError`. */
  readonly throws?: Error;
  /** Of a stream: fails after so many events instead of before the first. */
  readonly breaksAfter?: number;
  /** Of a stream: ends without its last event. */
  readonly cutOff?: boolean;
}

/** A request as it came in. */
export interface Seen {
  readonly at: number;
  readonly request: GenerateRequest;
  readonly timeoutMs: number | undefined;
}

/** A provider that follows a script, and answers once that has ended. */
export class ScriptedProvider implements Provider {
  readonly model: string;
  readonly seen: Seen[] = [];
  /** What it has told so far, however the request ended. */
  readonly told: Usage[] = [];
  healthy = true;
  /** Most requests that were under way at one moment and had not been given up. */
  mostAtOnce = 0;
  #underWay = 0;

  constructor(
    readonly name: string,
    readonly steps: Step[],
    readonly clock: Clock,
  ) {
    this.model = `${name}-model`;
  }

  async generate(request: GenerateRequest, options: CallOptions = {}): Promise<GenerateResult> {
    const step = this.#next(request, options);
    await this.#act(step, options);
    return { text: step.text ?? `from ${this.name}`, toolCalls: [], ...this.#end(step) };
  }

  async *stream(request: GenerateRequest, options: CallOptions = {}): AsyncGenerator<StreamEvent> {
    const { breaksAfter = 0, ...step } = this.#next(request, options);
    for (let event = 0; event < breaksAfter; event += 1) yield { type: 'text', text: `${event}` };
    await this.#act(step, options);
    yield { type: 'text', text: `from ${this.name}` };
    if (!step.cutOff) yield { type: 'finish', ...this.#end(step) };
  }

  async generateStructured<T>(
    request: StructuredRequest<T>,
    options?: CallOptions,
  ): Promise<StructuredResult<T>> {
    const context = { provider: this.name, model: this.model };
    const output = prepareOutput(request.schema, STRICT_DIALECT, context);
    return output.read(await this.generate(request, options));
  }

  async listModels() {
    return [];
  }

  async healthCheck() {
    return { healthy: this.healthy, latencyMs: 0 };
  }

  #next(request: GenerateRequest, { timeoutMs }: CallOptions): Step {
    this.seen.push({ at: this.clock.now(), request, timeoutMs });
    return this.steps.shift() ?? {};
  }

  async #act(step: Step, options: CallOptions): Promise<void> {
    const { signal = new AbortController().signal } = options;
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    const leave = () => {
      this.#underWay -= 1;
    };
    if (step.deaf) {
      signal.addEventListener('abort', leave, { once: true });
      await new Promise(() => {});
    }
    await this.#play(step, signal).finally(leave);
  }

  async #play(step: Step, signal: AbortSignal): Promise<void> {
    try {
      if (step.afterMs) await sleep(step.afterMs, signal, this.clock);
      signal.throwIfAborted();
    } catch {
      throw toLlmError('aborted', { provider: this.name, model: this.model, detail: 'the signal fired' });
    }
    if (step.throws) throw step.throws;
    if (step.error) throw this.#error(step, step.error);
  }

  #error({ retriable, retryAfterMs, tokens }: Step, kind: LlmErrorKind) {
    const usage = tokens === undefined ? undefined : this.#tell(tokens);
    const facts = { provider: this.name, model: this.model, detail: 'scripted', retryAfterMs, usage };
    return toLlmError(kind, { ...facts, retriable: retriable ?? TRANSIENT.includes(kind) });
  }

  #end({ tokens = 3 }: Step) {
    const usage = this.#tell(tokens);
    return { finishReason: 'stop', usage, provider: this.name, model: this.model } as const;
  }

  #tell(tokens: number): Usage {
    const usage = { inputTokens: tokens, outputTokens: tokens, totalTokens: 2 * tokens };
    this.told.push(usage);
    return usage;
  }
}

const TRANSIENT: readonly LlmErrorKind[] = ['rate_limit', 'timeout', 'unavailable'];
