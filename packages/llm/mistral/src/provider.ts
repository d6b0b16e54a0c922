import type {
  CallOptions,
  EmbedRequest,
  EmbedResult,
  GenerateResult,
  ModelInfo,
  Provider,
} from '@drydock/llm';
import {
  type ChatAnswer,
  type ChatParts,
  ChatProvider,
  type ModelList,
  openEvents,
  pricedList,
  type Request,
  readChatAnswer,
  readChatChunk,
  readEmbeddings,
  readJson,
  readModels,
  type StreamAssembly,
  UNPRICED,
} from '@drydock/llm/provider-kit';
import { JSON_SCHEMA_DIALECT } from '@drydock/llm/structured';
import { MISTRAL_FAILURES } from './mapping/errors.js';
import { toEmbedRequest, toRequest } from './mapping/to-request.js';
import { DEFAULT_EMBEDDING_MODEL, MISTRAL_MODELS } from './models.js';
import type { MistralOptions } from './options.js';
import { MISTRAL_DIALECT } from './schema-dialect.js';
import { MISTRAL_BASE_URL, Sdk } from './sdk.js';

/** Mistral, or a server that speaks OpenAI's chat API; loads the SDK with the first call. */
export function createMistralProvider(options: MistralOptions): Provider {
  return new MistralProvider(options);
}

class MistralProvider extends ChatProvider<ChatAnswer> {
  readonly #embeddingModel: string;
  readonly #list: ModelList;
  readonly #sdk: Sdk;

  constructor(options: MistralOptions) {
    const { model = MISTRAL_MODELS.defaultModel, baseURL = MISTRAL_BASE_URL, schemaDialect } = options;
    const isOwnServer = baseURL.replace(/\/+$/, '') !== MISTRAL_BASE_URL;
    super({
      provider: 'mistral',
      telemetryName: 'mistral_ai',
      failures: MISTRAL_FAILURES,
      schemas: schemaDialect ?? (isOwnServer ? JSON_SCHEMA_DIALECT : MISTRAL_DIALECT),
      ...options,
      model,
    });
    this.#list = pricedList(isOwnServer ? UNPRICED : MISTRAL_MODELS, options);
    this.#embeddingModel = options.embeddingModel ?? DEFAULT_EMBEDDING_MODEL;
    this.#sdk = new Sdk(options);
  }

  embed(request: EmbedRequest, options?: CallOptions): Promise<EmbedResult> {
    const model = request.model ?? this.#embeddingModel;
    return this.call(model, options, async (call) => {
      const body = toEmbedRequest(model, request);
      const sending = this.#sdk.call(call, (sdk, fetching) => sdk.embeddings.create(body, fetching));
      const answer = await readJson(call, sending);
      const result = readEmbeddings(answer, request.texts.length, call.context, this.#list);
      return call.exchange.withRateLimits(result);
    });
  }

  protected override async complete(parts: ChatParts, call: Request): Promise<GenerateResult> {
    const body = toRequest(parts);
    const sending = this.#sdk.call(call, (sdk, fetching) => sdk.chat.complete(body, fetching));
    return readChatAnswer(await readJson(call, sending), call.context, this.#list);
  }

  protected override open(parts: ChatParts, call: Request): Promise<AsyncIterable<ChatAnswer>> {
    const body = toRequest(parts);
    return openEvents(this.#sdk.call(call, (sdk, fetching) => sdk.chat.stream(body, fetching), 'events'));
  }

  protected override reader() {
    return (event: ChatAnswer, assembly: StreamAssembly) => readChatChunk(event, assembly, this.#list);
  }

  protected override async models(call: Request): Promise<ModelInfo[]> {
    const sending = this.#sdk.call(call, (sdk, fetching) => sdk.models.list({}, fetching));
    return readModels(await readJson(call, sending), call.context);
  }
}
