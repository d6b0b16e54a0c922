/** Members of a request that have no option of their own: https://console.groq.com/docs/api-reference#chat-create. */
export interface GroqRequestOptions {
  readonly frequency_penalty?: number | null;
  readonly presence_penalty?: number | null;
  readonly parallel_tool_calls?: boolean | null;
  readonly logit_bias?: Readonly<Record<string, number>> | null;
  readonly logprobs?: boolean | null;
  readonly top_logprobs?: number | null;
  readonly user?: string | null;
  readonly metadata?: Readonly<Record<string, string>> | null;
  readonly store?: boolean | null;
  readonly service_tier?: 'auto' | 'on_demand' | 'flex' | 'performance' | null;
  readonly include_reasoning?: boolean | null;
  readonly reasoning_format?: 'hidden' | 'raw' | 'parsed' | null;
  readonly reasoning_effort?: 'none' | 'default' | 'low' | 'medium' | 'high' | null;
  readonly citation_options?: 'enabled' | 'disabled' | null;
  readonly disable_tool_validation?: boolean;
  readonly documents?: readonly object[] | null;
  readonly search_settings?: object | null;
  readonly include_domains?: readonly string[] | null;
  readonly exclude_domains?: readonly string[] | null;
  readonly compound_custom?: object | null;
  readonly response_format?: object | null;
}

declare module '@drydock/llm' {
  interface ProviderRequestOptions {
    readonly groq?: GroqRequestOptions | undefined;
  }
}
