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
  pricedList,
  type Request,
  readChatAnswer,
  readChatChunk,
  readEmbeddings,
  readModels,
  type StreamAssembly,
  UNPRICED,
} from '@drydock/llm/provider-kit';
import { HttpApi, isOpenAI } from './http-api.js';
import { OPENAI_COMPATIBLE_FAILURES } from './mapping/errors.js';
import { toEmbedRequest, toRequest } from './mapping/to-request.js';
import { DEFAULT_EMBEDDING_MODEL, OPENAI_COMPATIBLE_MODELS } from './models.js';
import type { OpenAICompatibleOptions, ServerDialect } from './options.js';
import { OPENAI_COMPATIBLE_DIALECT, SERVER_DIALECT } from './schema-dialect.js';

const PATH = '/chat/completions';

/** OpenAI, or a server that speaks its chat API, over fetch alone. */
export function createOpenAICompatibleProvider(options: OpenAICompatibleOptions): Provider {
  return new OpenAICompatibleProvider(options);
}

class OpenAICompatibleProvider extends ChatProvider<ChatAnswer> {
  readonly #embeddingModel: string;
  readonly #list: ModelList;
  readonly #dialect: ServerDialect;
  readonly #api: HttpApi;

  constructor(options: OpenAICompatibleOptions) {
    const { model = OPENAI_COMPATIBLE_MODELS.defaultModel, name: provider = 'openai-compatible' } = options;
    const isOwnServer = !isOpenAI(options);
    super({
      provider,
      telemetryName: isOwnServer ? provider : 'openai',
      failures: OPENAI_COMPATIBLE_FAILURES,
      schemas: options.schemaDialect ?? (isOwnServer ? SERVER_DIALECT : OPENAI_COMPATIBLE_DIALECT),
      ...options,
      model,
    });
    this.#list = pricedList(isOwnServer ? UNPRICED : OPENAI_COMPATIBLE_MODELS, options);
    this.#embeddingModel = options.embeddingModel ?? (isOwnServer ? model : DEFAULT_EMBEDDING_MODEL);
    this.#dialect = { limit: isOwnServer ? 'max_tokens' : 'max_completion_tokens', ...options.dialect };
    this.#api = new HttpApi(provider, options);
  }

  embed(request: EmbedRequest, options?: CallOptions): Promise<EmbedResult> {
    const model = request.model ?? this.#embeddingModel;
    return this.call(model, options, async (call) => {
      const answer = await this.#api.post('/embeddings', toEmbedRequest(model, request), call);
      const result = readEmbeddings(answer, request.texts.length, call.context, this.#list);
      return call.exchange.withRateLimits(result);
    });
  }

  protected override async complete(parts: ChatParts, call: Request): Promise<GenerateResult> {
    const answer = await this.#api.post(PATH, toRequest(parts, this.name, this.#dialect), call);
    return readChatAnswer(answer, call.context, this.#list);
  }

  protected override open(parts: ChatParts, call: Request): Promise<AsyncIterable<ChatAnswer>> {
    const { streamOptions = true } = this.#dialect;
    const more = streamOptions ? { stream_options: { include_usage: true } } : {};
    const body = { ...toRequest(parts, this.name, this.#dialect), stream: true, ...more };
    return this.#api.open(PATH, body, call);
  }

  protected override reader() {
    return (chunk: ChatAnswer, assembly: StreamAssembly) => readChatChunk(chunk, assembly, this.#list);
  }

  protected override async models(call: Request): Promise<ModelInfo[]> {
    return readModels(await this.#api.get('/models', call), call.context);
  }
}
