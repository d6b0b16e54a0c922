import type { GenerateResult, ModelInfo, Provider } from '@drydock/llm';
import {
  type ChatModels,
  type ChatParts,
  ChatProvider,
  lazily,
  type ModelList,
  pricedList,
  type Request,
  readChatAnswer,
  readModels,
  type StreamAssembly,
  UNPRICED,
} from '@drydock/llm/provider-kit';
import { JSON_SCHEMA_DIALECT } from '@drydock/llm/structured';
import type { Groq } from 'groq-sdk';
import type { Stream } from 'groq-sdk/core/streaming';
import { GROQ_FAILURES } from './mapping/errors.js';
import { fromStream, type GroqChunk } from './mapping/from-stream.js';
import { toRequest } from './mapping/to-request.js';
import { GROQ_MODELS } from './models.js';
import type { GroqOptions } from './options.js';
import { groqDialect } from './schema-dialect.js';
import { createSdk, GROQ_BASE_URL } from './sdk.js';

const PATH = '/chat/completions';

/** Groq, or a server that speaks OpenAI's chat API; loads the SDK with the first call. */
export function createGroqProvider(options: GroqOptions): Provider {
  return new GroqProvider(options);
}

class GroqProvider extends ChatProvider<GroqChunk> {
  readonly #options: GroqOptions;
  readonly #list: ModelList;
  readonly #sdk: () => Promise<Groq>;

  constructor(options: GroqOptions) {
    const { model = GROQ_MODELS.defaultModel } = options;
    const isOwnServer = (options.baseURL ?? GROQ_BASE_URL) !== GROQ_BASE_URL;
    const schemas = options.schemaDialect ?? (isOwnServer ? JSON_SCHEMA_DIALECT : groqDialect);
    super({ provider: 'groq', failures: GROQ_FAILURES, schemas, ...options, model });
    this.#options = options;
    this.#list = pricedList(isOwnServer ? UNPRICED : GROQ_MODELS, options);
    this.#sdk = lazily(() => createSdk(options));
  }

  protected override async complete(parts: ChatParts, { context, signal }: Request): Promise<GenerateResult> {
    const sdk = await this.#sdk();
    const answer = await sdk.post(PATH, { body: toRequest(parts, this.#options), signal });
    return readChatAnswer(answer, context, this.#list);
  }

  protected override async open(parts: ChatParts, { signal }: Request): Promise<AsyncIterable<GroqChunk>> {
    const sdk = await this.#sdk();
    const isGroq = (this.#options.baseURL ?? GROQ_BASE_URL) === GROQ_BASE_URL;
    // Groq sends the usage in any case, and its document has no such option.
    const more = isGroq ? {} : { stream_options: { include_usage: true } };
    const body = { ...toRequest(parts, this.#options), stream: true, ...more };
    return sdk.post<Stream<GroqChunk>>(PATH, { body, signal, stream: true });
  }

  protected override reader() {
    return (chunk: GroqChunk, assembly: StreamAssembly) => fromStream(chunk, assembly, this.#list);
  }

  protected override async models({ context, signal }: Request): Promise<ModelInfo[]> {
    const sdk = await this.#sdk();
    return readModels(await sdk.get<ChatModels>('/models', { signal }), context);
  }
}
