/**
 * Members of a request that have no option of their own: https://platform.openai.com/docs/api-reference/chat/create. Other
 * servers have members beyond these, which may be given too.
 */
export interface OpenAICompatibleRequestOptions {
  readonly frequency_penalty?: number | null;
  readonly presence_penalty?: number | null;
  readonly parallel_tool_calls?: boolean | null;
  readonly logit_bias?: Readonly<Record<string, number>> | null;
  readonly logprobs?: boolean | null;
  readonly top_logprobs?: number | null;
  readonly user?: string;
  readonly safety_identifier?: string;
  readonly prompt_cache_key?: string;
  readonly prompt_cache_retention?: 'in_memory' | '24h' | null;
  readonly metadata?: Readonly<Record<string, string>> | null;
  readonly store?: boolean | null;
  readonly service_tier?: 'auto' | 'default' | 'flex' | 'scale' | 'priority' | null;
  readonly verbosity?: 'low' | 'medium' | 'high' | null;
  readonly reasoning_effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | null;
  readonly prediction?: { readonly type: 'content'; readonly content: string | readonly object[] } | null;
  readonly web_search_options?: object;
  readonly response_format?: object;
  readonly [member: string]: unknown;
}

declare module '@drydock/llm' {
  interface ProviderRequestOptions {
    readonly 'openai-compatible'?: OpenAICompatibleRequestOptions | undefined;
  }
}
