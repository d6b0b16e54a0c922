import type { ServiceOptions } from '@drydock/llm/provider-kit';

/** Options of `createGeminiProvider`. */
export interface GeminiOptions extends ServiceOptions {
  /** Where the service is, without a version. @default 'https://generativelanguage.googleapis.com' */
  readonly baseURL?: string | undefined;
  /** Model that makes vectors unless a request names another. @default 'gemini-embedding-001' */
  readonly embeddingModel?: string | undefined;
}
