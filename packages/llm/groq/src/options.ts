import type { CallerOptions } from '@drydock/llm/provider-kit';

/** Options of `createGroqProvider`. */
export interface GroqOptions extends Pick<CallerOptions, 'clock' | 'wallClock'> {
  /** Key of the account; without it every call of Groq itself rejects with an `LlmAuthError`. */
  readonly apiKey?: string | undefined;
  /** Model to ask unless a request names another. @default that of `GROQ_MODELS` */
  readonly model?: string | undefined;
  /** Any server that speaks OpenAI's chat API, such as `http://localhost:11434/v1`. @default 'https://api.groq.com/openai/v1' */
  readonly baseURL?: string | undefined;
  /** How long models that reason may do so. @default the model's own */
  readonly reasoningEffort?: 'low' | 'medium' | 'high' | undefined;
  /** Sends the requests. @default the global `fetch` of the moment */
  readonly fetch?: typeof globalThis.fetch | undefined;
}
