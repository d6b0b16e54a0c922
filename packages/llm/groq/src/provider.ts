import type {
  CallOptions,
  GenerateRequest,
  GenerateResult,
  HealthReport,
  ModelInfo,
  Provider,
  StreamEvent,
  StructuredRequest,
  StructuredResult,
} from '@drydock/llm';
import { Caller, lazily, malformed, malformedOnTypeError, type Request } from '@drydock/llm/provider-kit';
import { prepareOutput, schemaOf } from '@drydock/llm/structured';
import type { Groq } from 'groq-sdk';
import type { Stream } from 'groq-sdk/core/streaming';
import { GROQ_FAILURES } from './mapping/errors.js';
import { fromResponse } from './mapping/from-response.js';
import { type Chunk, fromStream } from './mapping/from-stream.js';
import { type RequestParts, toRequest } from './mapping/to-request.js';
import { GROQ_MODELS } from './models.js';
import type { GroqOptions } from './options.js';
import { GROQ_DIALECT } from './schema-dialect.js';
import { createSdk, GROQ_BASE_URL } from './sdk.js';

const PATH = '/chat/completions';

/** Groq, or a server that speaks OpenAI's chat API; loads the SDK with the first call. */
export function createGroqProvider(options: GroqOptions): Provider {
  return new GroqProvider(options);
}

class GroqProvider implements Provider {
  readonly name = 'groq';
  readonly model: string;
  readonly #options: GroqOptions;
  readonly #caller: Caller;
  readonly #sdk: () => Promise<Groq>;

  constructor(options: GroqOptions) {
    this.model = options.model ?? GROQ_MODELS.defaultModel;
    this.#options = options;
    this.#caller = new Caller({ provider: this.name, dialect: GROQ_FAILURES, ...options });
    this.#sdk = lazily(() => createSdk(options));
  }

  generate(request: GenerateRequest, options?: CallOptions): Promise<GenerateResult> {
    const parts = this.#parts(request);
    return this.#caller.call(parts.model, options, (call) => this.#complete(parts, call));
  }

  generateStructured<T>(request: StructuredRequest<T>, options?: CallOptions): Promise<StructuredResult<T>> {
    const parts = this.#parts(request);
    return this.#caller.call(parts.model, options, async (call) => {
      const output = prepareOutput(request.schema, GROQ_DIALECT, { provider: this.name, model: parts.model });
      return output.read(await this.#complete({ ...parts, output }, call));
    });
  }

  stream(request: GenerateRequest, options?: CallOptions): AsyncIterable<StreamEvent> {
    const parts = this.#parts(request);
    return this.#caller.stream(parts.model, options, (call) => this.#open(parts, call), fromStream);
  }

  listModels(options?: CallOptions): Promise<readonly ModelInfo[]> {
    return this.#caller.call(undefined, options, (call) => this.#models(call));
  }

  healthCheck(options?: CallOptions): Promise<HealthReport> {
    return this.#caller.health(options, (call) => this.#models(call));
  }

  async #complete(parts: RequestParts, { signal }: Request): Promise<GenerateResult> {
    const sdk = await this.#sdk();
    const answer = await sdk.post<never>(PATH, { body: toRequest(parts), signal });
    const context = { provider: this.name, model: parts.model };
    return malformedOnTypeError(context, () => fromResponse(answer, context));
  }

  async #open(parts: RequestParts, { signal }: Request): Promise<AsyncIterable<Chunk>> {
    const sdk = await this.#sdk();
    const schema = schemaOf(parts.request);
    const output = schema && prepareOutput(schema, GROQ_DIALECT, { provider: this.name, model: parts.model });
    // Groq tells the usage unasked, and its document has no such option.
    const asked = this.#isGroq ? {} : { stream_options: { include_usage: true } };
    const body = { ...toRequest({ ...parts, output }), stream: true, ...asked };
    return sdk.post<Stream<Chunk>>(PATH, { body, signal, stream: true });
  }

  async #models({ context, signal }: Request): Promise<ModelInfo[]> {
    const sdk = await this.#sdk();
    const { data } = (await sdk.get<Models>('/models', { signal })) ?? {};
    if (!Array.isArray(data)) throw malformed(context);
    return malformedOnTypeError(context, () =>
      data.map(({ id, context_window: contextTokens }) => ({
        id,
        ...(typeof contextTokens === 'number' && { contextTokens }),
      })),
    );
  }

  #parts(request: GenerateRequest): RequestParts {
    const { reasoningEffort } = this.#options;
    return { request, model: request.model ?? this.model, reasoningEffort };
  }

  get #isGroq(): boolean {
    return (this.#options.baseURL ?? GROQ_BASE_URL) === GROQ_BASE_URL;
  }
}

/** Groq tells the size of the context too, which the SDK's type lacks. */
interface Models {
  readonly data?: readonly { readonly id: string; readonly context_window?: number }[];
}
