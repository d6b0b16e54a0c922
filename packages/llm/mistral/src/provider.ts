import type {
  CallOptions,
  EmbedRequest,
  EmbedResult,
  GenerateRequest,
  GenerateResult,
  HealthReport,
  ModelInfo,
  Provider,
  StreamEvent,
  StructuredRequest,
  StructuredResult,
} from '@drydock/llm';
import { Caller, type Request } from '@drydock/llm/provider-kit';
import { prepareOutput, schemaOf } from '@drydock/llm/structured';
import type { CompletionEvent } from '@mistralai/mistralai/models/components';
import { MISTRAL_FAILURES } from './mapping/errors.js';
import { fromEmbeddings, fromModels, fromResponse } from './mapping/from-response.js';
import { fromStream } from './mapping/from-stream.js';
import { type RequestParts, toEmbedRequest, toRequest } from './mapping/to-request.js';
import { DEFAULT_EMBEDDING_MODEL, MISTRAL_MODELS } from './models.js';
import type { MistralOptions } from './options.js';
import { MISTRAL_DIALECT } from './schema-dialect.js';
import { Sdk } from './sdk.js';

/** Mistral, or a server that speaks OpenAI's chat API; loads the SDK with the first call. */
export function createMistralProvider(options: MistralOptions): Provider {
  return new MistralProvider(options);
}

class MistralProvider implements Provider {
  readonly name = 'mistral';
  readonly model: string;
  readonly #embeddingModel: string;
  readonly #caller: Caller;
  readonly #sdk: Sdk;

  constructor(options: MistralOptions) {
    this.model = options.model ?? MISTRAL_MODELS.defaultModel;
    this.#embeddingModel = options.embeddingModel ?? DEFAULT_EMBEDDING_MODEL;
    this.#caller = new Caller({ provider: this.name, dialect: MISTRAL_FAILURES, ...options });
    this.#sdk = new Sdk(options);
  }

  generate(request: GenerateRequest, options?: CallOptions): Promise<GenerateResult> {
    const parts = this.#parts(request);
    return this.#caller.call(parts.model, options, (call) => this.#complete(parts, call));
  }

  generateStructured<T>(request: StructuredRequest<T>, options?: CallOptions): Promise<StructuredResult<T>> {
    const parts = this.#parts(request);
    return this.#caller.call(parts.model, options, async (call) => {
      const output = prepareOutput(request.schema, MISTRAL_DIALECT, this.#context(parts.model));
      return output.read(await this.#complete({ ...parts, output }, call));
    });
  }

  stream(request: GenerateRequest, options?: CallOptions): AsyncIterable<StreamEvent> {
    const parts = this.#parts(request);
    return this.#caller.stream(parts.model, options, (call) => this.#open(parts, call), fromStream);
  }

  embed(request: EmbedRequest, options?: CallOptions): Promise<EmbedResult> {
    const model = request.model ?? this.#embeddingModel;
    return this.#caller.call(model, options, async (call) => {
      const body = toEmbedRequest(model, request);
      const answer = await this.#sdk.call(call, (sdk, fetching) => sdk.embeddings.create(body, fetching));
      return fromEmbeddings(answer, request.texts.length, this.#context(model));
    });
  }

  listModels(options?: CallOptions): Promise<readonly ModelInfo[]> {
    return this.#caller.call(undefined, options, (call) => this.#models(call));
  }

  healthCheck(options?: CallOptions): Promise<HealthReport> {
    return this.#caller.health(options, (call) => this.#models(call));
  }

  async #complete(parts: RequestParts, call: Request): Promise<GenerateResult> {
    const body = toRequest(parts);
    const answer = await this.#sdk.call(call, (sdk, fetching) => sdk.chat.complete(body, fetching));
    return fromResponse(answer, this.#context(parts.model));
  }

  #open(parts: RequestParts, call: Request): Promise<AsyncIterable<CompletionEvent>> {
    const schema = schemaOf(parts.request);
    const output = schema && prepareOutput(schema, MISTRAL_DIALECT, this.#context(parts.model));
    const body = toRequest({ ...parts, output });
    return this.#sdk.stream(call, (sdk, fetching) => sdk.chat.stream(body, fetching));
  }

  async #models(call: Request): Promise<ModelInfo[]> {
    return fromModels(
      await this.#sdk.call(call, (sdk, fetching) => sdk.models.list({}, fetching)),
      call.context,
    );
  }

  #parts(request: GenerateRequest): RequestParts {
    return { request, model: request.model ?? this.model };
  }

  #context(model: string) {
    return { provider: this.name, model };
  }
}
