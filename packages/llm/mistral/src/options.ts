import type { CallerOptions } from '@drydock/llm/provider-kit';

/** Options of `createMistralProvider`. */
export interface MistralOptions extends Pick<CallerOptions, 'clock' | 'wallClock'> {
  /** Key of the account; without it every call of Mistral itself rejects with an `LlmAuthError`. */
  readonly apiKey?: string | undefined;
  /** Model to ask unless a request names another. @default that of `MISTRAL_MODELS` */
  readonly model?: string | undefined;
  /** Model that turns texts into vectors unless a request names another. @default 'mistral-embed' */
  readonly embeddingModel?: string | undefined;
  /** Any server that speaks OpenAI's chat API, such as `http://localhost:11434/v1`. @default 'https://api.mistral.ai/v1' */
  readonly baseURL?: string | undefined;
  /** Sends the requests. @default the global `fetch` of the moment */
  readonly fetch?: typeof globalThis.fetch | undefined;
}
