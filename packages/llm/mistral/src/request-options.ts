/** Members of a request that have no option of their own: https://docs.mistral.ai/api/endpoint/chat. */
export interface MistralRequestOptions {
  /** Penalty for words by how often they have occurred. */
  readonly frequency_penalty?: number;
  /** Penalty for words that have occurred. */
  readonly presence_penalty?: number;
  /** Whether the model may ask for several tools at once. */
  readonly parallel_tool_calls?: boolean;
  /** Whether the service puts its safety prompt before the conversation. */
  readonly safe_prompt?: boolean;
  /** Labels of the request. */
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  /** Text that the answer is expected to be near to. */
  readonly prediction?: { readonly type: 'content'; readonly content: string };
  /** Whether the model gets the instruction of models that reason. */
  readonly prompt_mode?: 'reasoning' | null;
  /** Key by which like prompts share a cache. */
  readonly prompt_cache_key?: string | null;
  /** Tier in which the request is served. */
  readonly service_tier?: string | null;
  /** Guardrails of the service. */
  readonly guardrails?: readonly object[] | null;
  /** How long the model may reason, over the option `reasoning`. */
  readonly reasoning_effort?: 'none' | 'low' | 'medium' | 'high' | null;
  /** Form of the answer, over that of a schema. */
  readonly response_format?: object;
}

declare module '@drydock/llm' {
  interface ProviderRequestOptions {
    /** Members for Mistral. */
    readonly mistral?: MistralRequestOptions | undefined;
  }
}
