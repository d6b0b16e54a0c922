import type { ServiceOptions } from '@drydock/llm/provider-kit';

/** What servers of this API take in different words. */
export interface ServerDialect {
  /** Name of the limit of an answer's tokens. @default 'max_completion_tokens' for OpenAI itself, 'max_tokens' for others */
  readonly limit?: 'max_tokens' | 'max_completion_tokens' | undefined;
  /** Whether streams are asked for their usage by `stream_options`; a server that refuses this has to send it unasked. @default true */
  readonly streamOptions?: boolean | undefined;
}

/** Options of `createOpenAICompatibleProvider`. */
export interface OpenAICompatibleOptions extends ServiceOptions {
  /** Any server that speaks OpenAI's chat API, such as `http://localhost:11434/v1`. @default 'https://api.openai.com/v1' */
  readonly baseURL?: string | undefined;
  /** Name of the provider in errors, records and `providerOptions`, where a client has several of them. @default 'openai-compatible' */
  readonly name?: string | undefined;
  /** Model that makes vectors unless a request names another. @default 'text-embedding-3-small' for OpenAI itself, that of `model` for others */
  readonly embeddingModel?: string | undefined;
  /** Further headers of every request, such as those of a gateway; they come before the provider's own. @default none */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What the server takes in other words. @default that of OpenAI itself, or of most others */
  readonly dialect?: ServerDialect | undefined;
}
