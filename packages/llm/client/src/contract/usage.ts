/** What a request used; part of every result. */
export interface Usage {
  /** Tokens of the prompt, cached ones included. */
  readonly inputTokens: number;
  /** Tokens of the answer, those of reasoning included. */
  readonly outputTokens: number;
  /** Tokens that count against quotas. */
  readonly totalTokens: number;
  /** Tokens of the prompt that came from the provider's cache. */
  readonly cachedInputTokens?: number;
  /** Tokens of the prompt that were sound. */
  readonly audioInputTokens?: number;
  /** Tokens of the answer that were spent on reasoning. */
  readonly reasoningTokens?: number;
  /** Price in US dollars by the provider's dated price list; of the model that answered; absent for one that it does not name. */
  readonly costUsd?: number;
}
