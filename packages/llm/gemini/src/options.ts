import type { CallerOptions } from '@drydock/llm/provider-kit';

/** Options of `createGeminiProvider`. */
export interface GeminiOptions extends Pick<CallerOptions, 'clock' | 'wallClock'> {
  /** Key of the Gemini API, sent in a header and never in a URL; without it every call rejects with an `LlmAuthError`. */
  readonly apiKey?: string | undefined;
  /** Model to ask unless a request names another. @default that of `GEMINI_MODELS` */
  readonly model?: string | undefined;
  /** Model that makes vectors unless a request names another. @default 'gemini-embedding-001' */
  readonly embeddingModel?: string | undefined;
  /** Where the service is, without a version. @default 'https://generativelanguage.googleapis.com' */
  readonly baseURL?: string | undefined;
  /** Sends the requests. @default the global `fetch` of the moment */
  readonly fetch?: typeof globalThis.fetch | undefined;
}
