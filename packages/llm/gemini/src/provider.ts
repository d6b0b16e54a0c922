import {
  type CallOptions,
  type EmbedRequest,
  type EmbedResult,
  type GenerateRequest,
  type GenerateResult,
  type HealthReport,
  type JsonSchema,
  type ModelInfo,
  type Provider,
  type StreamEvent,
  type StructuredRequest,
  type StructuredResult,
  toLlmError,
} from '@drydock/llm';
import {
  Caller,
  guardedFetch,
  malformed,
  malformedOnTypeError,
  type Request,
} from '@drydock/llm/provider-kit';
import { prepareOutput, schemaOf } from '@drydock/llm/structured';
import { readEmbeddings, toEmbedBody } from './mapping/embeddings.js';
import { GEMINI_FAILURES } from './mapping/errors.js';
import { fromResponse } from './mapping/from-response.js';
import { fromStream } from './mapping/from-stream.js';
import { listModels, MOST_MODELS } from './mapping/list-models.js';
import { toRequest } from './mapping/to-request.js';
import { DEFAULT_EMBEDDING_MODEL, GEMINI_MODELS } from './models.js';
import type { GeminiOptions } from './options.js';
import { GEMINI_DIALECT } from './schema-dialect.js';
import {
  batchEmbedContents,
  countTokens,
  generateContent,
  type SdkCall,
  streamGenerateContent,
} from './sdk.js';

/** Where the Gemini API itself is served. */
const GEMINI_BASE_URL = 'https://generativelanguage.googleapis.com';

/** The Gemini API; loads the SDK with the first call. */
export function createGeminiProvider(options: GeminiOptions): Provider {
  return new GeminiProvider(options);
}

class GeminiProvider implements Provider {
  readonly name = 'gemini';
  readonly model: string;
  readonly #embeddingModel: string;
  readonly #endpoint: Omit<SdkCall, 'model'>;
  readonly #caller: Caller;

  constructor(options: GeminiOptions) {
    const { apiKey = '', baseURL = GEMINI_BASE_URL, fetch } = options;
    this.model = options.model ?? GEMINI_MODELS.defaultModel;
    this.#embeddingModel = options.embeddingModel ?? DEFAULT_EMBEDDING_MODEL;
    this.#endpoint = {
      apiKey,
      baseUrl: baseURL.replace(/\/+$/, ''),
      fetch: guardedFetch({ provider: this.name, baseURL, fetch }),
    };
    this.#caller = new Caller({ provider: this.name, dialect: GEMINI_FAILURES, ...options });
  }

  generate(request: GenerateRequest, options?: CallOptions): Promise<GenerateResult> {
    const model = request.model ?? this.model;
    return this.#caller.call(model, options, (call) => this.#complete(request, model, call));
  }

  stream(request: GenerateRequest, options?: CallOptions): AsyncIterable<StreamEvent> {
    const model = request.model ?? this.model;
    const open = async (call: Request) => {
      const schema = schemaOf(request);
      const output = schema && prepareOutput(schema, GEMINI_DIALECT, { provider: this.name, model });
      return streamGenerateContent(this.#sdkCall(model, call), toRequest(request, output?.schema));
    };
    return this.#caller.stream(model, options, open, fromStream());
  }

  generateStructured<T>(request: StructuredRequest<T>, options?: CallOptions): Promise<StructuredResult<T>> {
    const model = request.model ?? this.model;
    return this.#caller.call(model, options, async (call) => {
      const output = prepareOutput(request.schema, GEMINI_DIALECT, { provider: this.name, model });
      return output.read(await this.#complete(request, model, call, output.schema));
    });
  }

  embed(request: EmbedRequest, options?: CallOptions): Promise<EmbedResult> {
    const model = request.model ?? this.#embeddingModel;
    return this.#caller.call(model, options, async (call) => {
      const answer = await batchEmbedContents(this.#sdkCall(model, call), toEmbedBody(request));
      return malformedOnTypeError(call.context, () =>
        readEmbeddings(answer, request, { provider: this.name, model }),
      );
    });
  }

  countTokens(request: GenerateRequest, options?: CallOptions): Promise<number> {
    const model = request.model ?? this.model;
    return this.#caller.call(model, options, async (call) => {
      const { totalTokens } = await countTokens(this.#sdkCall(model, call), toRequest(request));
      if (typeof totalTokens !== 'number') throw malformed(call.context);
      return totalTokens;
    });
  }

  listModels(options?: CallOptions): Promise<readonly ModelInfo[]> {
    return this.#caller.call(undefined, options, (call) => this.#listModels(call, MOST_MODELS));
  }

  healthCheck(options?: CallOptions): Promise<HealthReport> {
    return this.#caller.health(options, (call) => this.#listModels(call, 1));
  }

  async #complete(
    request: GenerateRequest,
    model: string,
    call: Request,
    schema?: JsonSchema,
  ): Promise<GenerateResult> {
    const answer = await generateContent(this.#sdkCall(model, call), toRequest(request, schema));
    return malformedOnTypeError(call.context, () => fromResponse(answer, call.context));
  }

  #listModels(call: Request, count: number): Promise<ModelInfo[]> {
    return listModels(this.#sdkCall('', call), { context: call.context, count });
  }

  /** The endpoint for one request, whose signal the SDK never gets to see. */
  #sdkCall(model: string, { context, signal }: Request): SdkCall {
    const { apiKey, baseUrl, fetch } = this.#endpoint;
    if (apiKey === '' && baseUrl === GEMINI_BASE_URL) {
      const detail = 'no key was given; pass `apiKey`, mostly from GOOGLE_API_KEY';
      throw toLlmError('auth', { ...context, detail, code: 'NO_KEY' });
    }
    return { ...this.#endpoint, model, fetch: (input, init) => fetch(input, { ...init, signal }) };
  }
}
