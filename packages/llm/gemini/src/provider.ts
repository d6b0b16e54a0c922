import {
  type CallOptions,
  type EmbedRequest,
  type EmbedResult,
  type GenerateRequest,
  type GenerateResult,
  type ModelInfo,
  type Provider,
  toLlmError,
} from '@drydock/llm';
import {
  type ChatParts,
  ChatProvider,
  type ExchangeInit,
  guardedFetch,
  type ModelList,
  malformed,
  malformedOnTypeError,
  pricedList,
  type Request,
  throwIfError,
} from '@drydock/llm/provider-kit';
import type { GenerateContentAnswer } from './api.js';
import { readEmbeddings, toEmbedBody } from './mapping/embeddings.js';
import { GEMINI_FAILURES } from './mapping/errors.js';
import { fromResponse } from './mapping/from-response.js';
import { fromStream } from './mapping/from-stream.js';
import { listModels } from './mapping/list-models.js';
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

class GeminiProvider extends ChatProvider<GenerateContentAnswer> {
  readonly #embeddingModel: string;
  readonly #list: ModelList;
  readonly #endpoint: Omit<SdkCall, 'model' | 'exchange'>;

  constructor(options: GeminiOptions) {
    const { model = GEMINI_MODELS.defaultModel, apiKey = '', baseURL = GEMINI_BASE_URL, fetch } = options;
    super({
      provider: 'gemini',
      telemetryName: 'gcp.gemini',
      failures: GEMINI_FAILURES,
      schemas: options.schemaDialect ?? GEMINI_DIALECT,
      ...options,
      model,
    });
    this.#list = pricedList(GEMINI_MODELS, options);
    this.#embeddingModel = options.embeddingModel ?? DEFAULT_EMBEDDING_MODEL;
    this.#endpoint = {
      apiKey,
      baseUrl: baseURL.replace(/\/+$/, ''),
      fetch: guardedFetch({ provider: this.name, baseURL, fetch }),
    };
  }

  embed(request: EmbedRequest, options?: CallOptions): Promise<EmbedResult> {
    const model = request.model ?? this.#embeddingModel;
    return this.call(model, options, async (call) => {
      const answer = await batchEmbedContents(this.#sdkCall(call), toEmbedBody(request));
      return malformedOnTypeError(call.context, () =>
        readEmbeddings(answer, request, call.context, this.#list),
      );
    });
  }

  countTokens(request: GenerateRequest, options?: CallOptions): Promise<number> {
    return this.call(request.model ?? this.model, options, async (call) => {
      const answer = await countTokens(this.#sdkCall(call), toRequest({ request }));
      throwIfError(answer);
      if (typeof answer?.totalTokens !== 'number') throw malformed(call.context);
      return answer.totalTokens;
    });
  }

  protected override async complete(parts: ChatParts, call: Request): Promise<GenerateResult> {
    const answer = await generateContent(this.#sdkCall(call), toRequest(parts));
    return malformedOnTypeError(call.context, () => fromResponse(answer, call.context, this.#list));
  }

  protected override async open(
    parts: ChatParts,
    call: Request,
  ): Promise<AsyncIterable<GenerateContentAnswer>> {
    return streamGenerateContent(this.#sdkCall(call), toRequest(parts));
  }

  protected override reader() {
    return fromStream(this.#list);
  }

  protected override models(call: Request, most?: number): Promise<ModelInfo[]> {
    return listModels(this.#sdkCall(call), call.context, most);
  }

  /** The endpoint for one request; the SDK does not get the signal, since it would not let go of it. */
  #sdkCall({ context, signal, exchange }: Request): SdkCall {
    const { apiKey, baseUrl, fetch } = this.#endpoint;
    if (apiKey === '' && baseUrl === GEMINI_BASE_URL) {
      const detail = 'no key was given; pass `apiKey`, mostly from GOOGLE_API_KEY';
      throw toLlmError('auth', { ...context, detail, code: 'NO_KEY' });
    }
    const send: typeof fetch = (input, init) => {
      const own: ExchangeInit = { ...init, signal, exchange };
      return fetch(input, own);
    };
    return { ...this.#endpoint, model: context.model ?? '', fetch: send, exchange };
  }
}
