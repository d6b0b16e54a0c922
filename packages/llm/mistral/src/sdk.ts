import { toLlmError } from '@drydock/llm';
import { lazily, type Request } from '@drydock/llm/provider-kit';
import type { Mistral } from '@mistralai/mistralai';
import type { MistralOptions } from './options.js';
import { rejectedAnswer } from './rejected-answer.js';
import { sdkFetch } from './sdk-fetch.js';

/** Where Mistral itself serves its API. */
export const MISTRAL_BASE_URL = 'https://api.mistral.ai/v1';

/** One call of the SDK, with a client and the options of its method. */
export type SdkUse<T> = (client: Mistral, options: { readonly signal: AbortSignal }) => Promise<T>;

/** The SDK, which takes a second to load; loaded by the first call. */
export class Sdk {
  readonly #options: MistralOptions;
  readonly #baseURL: string;
  readonly #module = lazily(loadModule);

  constructor(options: MistralOptions) {
    this.#options = options;
    this.#baseURL = (options.baseURL ?? MISTRAL_BASE_URL).replace(/\/+$/, '');
  }

  /**
   * Makes one call over a client of its own, whose fetch knows the call's signal.
   *
   * @throws LlmError of kind `auth` without a key for Mistral itself.
   */
  async call<T>({ context, signal }: Request, use: SdkUse<T>): Promise<T> {
    const { apiKey = '', fetch } = this.#options;
    const compatible = this.#baseURL !== MISTRAL_BASE_URL;
    if (apiKey === '' && !compatible) {
      const detail = 'no key was given; pass `apiKey`, mostly from MISTRAL_API_KEY';
      throw toLlmError('auth', { ...context, detail, code: 'NO_KEY' });
    }
    const { Mistral, HTTPClient, hooks } = await this.#module();
    const client = new Mistral({
      // The SDK reads the environment's key when this is empty.
      apiKey: apiKey || 'none',
      // The SDK adds the version to the URL.
      serverURL: this.#baseURL.replace(/\/v1$/, ''),
      httpClient: new HTTPClient({
        fetcher: sdkFetch({ baseURL: this.#baseURL, compatible, fetch, signal }),
      }),
      retryConfig: { strategy: 'none' },
      debugLogger: SILENT,
      ...{ hooks },
    });
    try {
      return await use(client, { signal });
    } catch (error) {
      throw rejectedAnswer(error, context) ?? error;
    }
  }

  /** Makes one call whose answer comes in pieces. */
  async *stream<Piece>(request: Request, use: SdkUse<AsyncIterable<Piece>>): AsyncGenerator<Piece> {
    try {
      yield* await this.call(request, use);
    } catch (error) {
      throw rejectedAnswer(error, request.context) ?? error;
    }
  }
}

async function loadModule() {
  const [{ Mistral, HTTPClient }, { SDKHooks }] = await Promise.all([
    import('@mistralai/mistralai'),
    import('@mistralai/mistralai/hooks/hooks.js'),
  ]);
  return { Mistral, HTTPClient, hooks: withoutHooks(new SDKHooks()) };
}

/** The SDK's own hooks send prompts elsewhere when MISTRAL_SDK_TELEMETRY says so, and write to the console. */
function withoutHooks<Hooks extends object>(hooks: Hooks): Hooks {
  for (const list of Object.values(hooks)) if (Array.isArray(list)) list.length = 0;
  return hooks;
}

const NOT_LOGGED = new Error('nothing is logged');

/** Without a logger the SDK writes the key to the console when MISTRAL_DEBUG is set; one that throws at once costs least. */
const SILENT = {
  group() {
    throw NOT_LOGGED;
  },
  groupEnd() {},
  log() {},
};
