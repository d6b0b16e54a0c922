import type { ServiceOptions } from '@drydock/llm/provider-kit';

/** Options of `createGroqProvider`. */
export interface GroqOptions extends ServiceOptions {
  /** Any server that speaks OpenAI's chat API, such as `http://localhost:11434/v1`. @default 'https://api.groq.com/openai/v1' */
  readonly baseURL?: string | undefined;
  /** How long models that reason may do so. @default the model's own */
  readonly reasoningEffort?: 'low' | 'medium' | 'high' | undefined;
}
