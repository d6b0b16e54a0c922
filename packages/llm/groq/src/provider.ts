import type { GenerateResult, ModelInfo, Provider } from '@drydock/llm';
import {
  type ChatBody,
  type ChatParts,
  ChatProvider,
  type ExchangeInit,
  lazily,
  type ModelList,
  openEvents,
  pricedList,
  type Request,
  readChatAnswer,
  readJson,
  readModels,
  type StreamAssembly,
  UNPRICED,
} from '@drydock/llm/provider-kit';
import { JSON_SCHEMA_DIALECT } from '@drydock/llm/structured';
import type { Groq } from 'groq-sdk';
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

  protected override async complete(parts: ChatParts, call: Request): Promise<GenerateResult> {
    const answer = await readJson(call, this.#post(toRequest(parts, this.#options), call));
    return readChatAnswer(answer, call.context, this.#list);
  }

  protected override open(parts: ChatParts, call: Request): Promise<AsyncIterable<GroqChunk>> {
    const isGroq = (this.#options.baseURL ?? GROQ_BASE_URL) === GROQ_BASE_URL;
    // Groq sends the usage in any case, and its document has no such option.
    const more = isGroq ? {} : { stream_options: { include_usage: true } };
    return openEvents(this.#post({ ...toRequest(parts, this.#options), stream: true, ...more }, call));
  }

  protected override reader() {
    return (chunk: GroqChunk, assembly: StreamAssembly) => fromStream(chunk, assembly, this.#list);
  }

  protected override async models(call: Request): Promise<ModelInfo[]> {
    const sending = this.#sdk().then((sdk) => sdk.get('/models', toSdkOptions(call)).asResponse());
    return readModels(await readJson(call, sending), call.context);
  }

  async #post(body: ChatBody, call: Request): Promise<Response> {
    const sdk = await this.#sdk();
    return sdk.post(PATH, { body, ...toSdkOptions(call) }).asResponse();
  }
}

/** The SDK passes its `fetchOptions` on to the fetch, which knows by them which call it is a part of. */
function toSdkOptions({ signal, exchange }: Request) {
  const fetchOptions: Pick<ExchangeInit, 'exchange'> = { exchange };
  return { signal, fetchOptions: fetchOptions as object };
}
