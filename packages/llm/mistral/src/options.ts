import type { ServiceOptions } from '@drydock/llm/provider-kit';

/** Options of `createMistralProvider`. */
export interface MistralOptions extends ServiceOptions {
  /** Any server that speaks OpenAI's chat API, such as `http://localhost:11434/v1`. @default 'https://api.mistral.ai/v1' */
  readonly baseURL?: string | undefined;
  /** Model that makes vectors unless a request names another. @default 'mistral-embed' */
  readonly embeddingModel?: string | undefined;
}
