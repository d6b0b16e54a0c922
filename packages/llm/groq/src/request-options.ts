/** Members of a request that have no option of their own: https://console.groq.com/docs/api-reference#chat-create. */
export interface GroqRequestOptions {
  /** Penalty for words by how often they have occurred. */
  readonly frequency_penalty?: number | null;
  /** Penalty for words that have occurred. */
  readonly presence_penalty?: number | null;
  /** Whether the model may ask for several tools at once. */
  readonly parallel_tool_calls?: boolean | null;
  /** Bias of words by their numbers. */
  readonly logit_bias?: Readonly<Record<string, number>> | null;
  /** Probabilities of words that the answer has. */
  readonly logprobs?: boolean | null;
  /** Number of likeliest words whose probabilities the answer has. */
  readonly top_logprobs?: number | null;
  /** Name of the end user, for the abuse detection of the service. */
  readonly user?: string | null;
  /** Labels of the request. */
  readonly metadata?: Readonly<Record<string, string>> | null;
  /** Whether the service keeps the answer. */
  readonly store?: boolean | null;
  /** Tier in which the request is served. */
  readonly service_tier?: 'auto' | 'on_demand' | 'flex' | 'performance' | null;
  /** Whether the answer has the reasoning of the model. */
  readonly include_reasoning?: boolean | null;
  /** How the reasoning comes. */
  readonly reasoning_format?: 'hidden' | 'raw' | 'parsed' | null;
  /** How long the model may reason, over the option `reasoning`. */
  readonly reasoning_effort?: 'none' | 'default' | 'low' | 'medium' | 'high' | null;
  /** Whether the answer cites its documents. */
  readonly citation_options?: 'enabled' | 'disabled' | null;
  /** Whether tool calls go unchecked by the service. */
  readonly disable_tool_validation?: boolean;
  /** Documents that the answer rests on. */
  readonly documents?: readonly object[] | null;
  /** Settings of the search of the web. */
  readonly search_settings?: object | null;
  /** Domains that the search is limited to. */
  readonly include_domains?: readonly string[] | null;
  /** Domains that the search leaves out. */
  readonly exclude_domains?: readonly string[] | null;
  /** Settings of compound models. */
  readonly compound_custom?: object | null;
  /** Form of the answer, over that of a schema. */
  readonly response_format?: object | null;
}

declare module '@drydock/llm' {
  interface ProviderRequestOptions {
    /** Members for Groq. */
    readonly groq?: GroqRequestOptions | undefined;
  }
}
