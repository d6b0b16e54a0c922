import type { RateLimits } from './rate-limits.js';
import type { Usage } from './usage.js';

/** Texts to turn into vectors. */
export interface EmbedRequest {
  /** Model to ask. @default the provider's own */
  readonly model?: string | undefined;
  readonly texts: readonly string[];
  /** Length of the vectors, where a model offers several. @default the model's own */
  readonly dimensions?: number | undefined;
}

/** One vector a text, in their order. */
export interface EmbedResult {
  readonly vectors: readonly (readonly number[])[];
  readonly usage: Usage;
  readonly provider: string;
  readonly model: string;
  /** What is left of the account's limits, where the service says it. */
  readonly rateLimits?: RateLimits;
}
