import { toLlmError } from '@drydock/llm';
import { lazily, type Request, throughSdk } from '@drydock/llm/provider-kit';
import type { Mistral } from '@mistralai/mistralai';
import type { MistralOptions } from './options.js';
import { sdkFetch } from './sdk-fetch.js';

/** Where Mistral itself serves its API. */
export const MISTRAL_BASE_URL = 'https://api.mistral.ai/v1';

/** One call of the SDK, with a client and the options of its method. */
export type SdkUse = (client: Mistral, options: { readonly signal: AbortSignal }) => Promise<unknown>;

/** What the SDK takes for an answer of any of its methods. */
const STAND_IN = JSON.stringify({
  id: '',
  object: '',
  model: '',
  created: 0,
  choices: [],
  data: [],
  usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
});
const TYPES = { json: 'application/json', events: 'text/event-stream' } as const;

/** The SDK, which takes a second to load; loaded by the first call. It writes the requests, and sees none of the answers. */
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
   * @param as What the SDK's method takes as its answer.
   * @throws LlmError of kind `auth` without a key for Mistral itself.
   */
  async call({ context, signal, exchange }: Request, use: SdkUse, as: keyof typeof TYPES = 'json') {
    const { apiKey = '', fetch } = this.#options;
    const compatible = this.#baseURL !== MISTRAL_BASE_URL;
    if (apiKey === '' && !compatible) {
      const detail = 'no key was given; pass `apiKey`, mostly from MISTRAL_API_KEY';
      throw toLlmError('auth', { ...context, detail, code: 'NO_KEY' });
    }
    const { Mistral, HTTPClient, hooks } = await this.#module();
    const send = sdkFetch({ baseURL: this.#baseURL, compatible, fetch, signal, exchange });
    const headers = { 'content-type': TYPES[as] };
    const standIn = () => new Response(as === 'json' ? STAND_IN : '', { headers });
    return throughSdk(send, standIn, (fetcher) => {
      const client = new Mistral({
        // The SDK reads the environment's key when this is empty.
        apiKey: apiKey || 'none',
        // The SDK adds the version to the URL.
        serverURL: this.#baseURL.replace(/\/v1$/, ''),
        httpClient: new HTTPClient({ fetcher }),
        retryConfig: { strategy: 'none' },
        debugLogger: SILENT,
        ...{ hooks },
      });
      return use(client, { signal });
    });
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
