/** Members of a request that have no option of their own: https://docs.mistral.ai/api/endpoint/chat. */
export interface MistralRequestOptions {
  readonly frequency_penalty?: number;
  readonly presence_penalty?: number;
  readonly parallel_tool_calls?: boolean;
  readonly safe_prompt?: boolean;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  /** Text that the answer is expected to be near to. */
  readonly prediction?: { readonly type: 'content'; readonly content: string };
  readonly prompt_mode?: 'reasoning' | null;
  readonly prompt_cache_key?: string | null;
  readonly service_tier?: string | null;
  readonly guardrails?: readonly object[] | null;
  readonly reasoning_effort?: 'none' | 'low' | 'medium' | 'high' | null;
  readonly response_format?: object;
}

declare module '@drydock/llm' {
  interface ProviderRequestOptions {
    readonly mistral?: MistralRequestOptions | undefined;
  }
}
