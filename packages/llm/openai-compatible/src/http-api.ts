import { type RequestContext, toLlmError } from '@drydock/llm';
import {
  type ExchangeInit,
  guardedFetch,
  openEvents,
  type Request,
  readJson,
} from '@drydock/llm/provider-kit';
import type { OpenAICompatibleOptions } from './options.js';

/** Where OpenAI itself serves its API. */
export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

/** Whether the options mean OpenAI itself, and not another server. */
export function isOpenAI({ baseURL = OPENAI_BASE_URL }: Pick<OpenAICompatibleOptions, 'baseURL'>): boolean {
  return baseURL.replace(/\/+$/, '') === OPENAI_BASE_URL;
}

/** The requests themselves: JSON over fetch, which is all that these servers have in common. */
export class HttpApi {
  readonly #baseURL: string;
  readonly #fetch: typeof globalThis.fetch;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #lacksKey: boolean;

  constructor(provider: string, options: OpenAICompatibleOptions) {
    const { baseURL = OPENAI_BASE_URL, apiKey, headers, fetch } = options;
    this.#baseURL = baseURL.replace(/\/+$/, '');
    this.#fetch = guardedFetch({ provider, baseURL, fetch });
    const key = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
    this.#headers = { ...key, ...lowerCased(headers) };
    this.#lacksKey = !this.#headers.authorization && isOpenAI(options);
  }

  /** Asks for a list. */
  get(path: string, call: Request): Promise<unknown> {
    return readJson(call, this.#send(path, call));
  }

  /** Sends a body for a whole answer. */
  post(path: string, body: object, call: Request): Promise<unknown> {
    return readJson(call, this.#send(path, call, body));
  }

  /** Sends a body for an answer in pieces. */
  open<Piece>(path: string, body: object, call: Request): Promise<AsyncIterable<Piece>> {
    return openEvents<Piece>(this.#send(path, call, body));
  }

  async #send(path: string, { context, signal, exchange }: Request, body?: object): Promise<Response> {
    if (this.#lacksKey) throw withoutKey(context);
    const content = body && { method: 'POST', body: JSON.stringify(body) };
    const headers = { ...(body && { 'content-type': 'application/json' }), ...this.#headers };
    const init: ExchangeInit = { ...content, headers, signal, exchange };
    return this.#fetch(this.#baseURL + path, init);
  }
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function withoutKey(context: RequestContext) {
  const detail = 'no key was given; pass `apiKey`, mostly from OPENAI_API_KEY';
  return toLlmError('auth', { ...context, detail, code: 'NO_KEY' });
}
