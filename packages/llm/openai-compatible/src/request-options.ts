/**
 * Members of a request that have no option of their own: https://platform.openai.com/docs/api-reference/chat/create. Other
 * servers have members beyond these, which may be given too.
 */
export interface OpenAICompatibleRequestOptions {
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
  readonly user?: string;
  /** Stable name of the end user, for the safety of the service. */
  readonly safety_identifier?: string;
  /** Key by which like prompts share a cache. */
  readonly prompt_cache_key?: string;
  /** How long a prompt stays cached. */
  readonly prompt_cache_retention?: 'in_memory' | '24h' | null;
  /** Labels of the request. */
  readonly metadata?: Readonly<Record<string, string>> | null;
  /** Whether the service keeps the answer. */
  readonly store?: boolean | null;
  /** Tier in which the request is served. */
  readonly service_tier?: 'auto' | 'default' | 'flex' | 'scale' | 'priority' | null;
  /** How long answers are. */
  readonly verbosity?: 'low' | 'medium' | 'high' | null;
  /** How long the model may reason, over the option `reasoning`. */
  readonly reasoning_effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | null;
  /** Text that the answer is expected to be near to. */
  readonly prediction?: { readonly type: 'content'; readonly content: string | readonly object[] } | null;
  /** Settings of the search of the web. */
  readonly web_search_options?: object;
  /** Form of the answer, over that of a schema. */
  readonly response_format?: object;
  /** Members that other servers take. */
  readonly [member: string]: unknown;
}

declare module '@drydock/llm' {
  interface ProviderRequestOptions {
    /** Members for the provider under its default name. */
    readonly 'openai-compatible'?: OpenAICompatibleRequestOptions | undefined;
  }
}
