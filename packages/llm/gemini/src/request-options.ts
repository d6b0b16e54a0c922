/** What may stand in `generationConfig` and has no option of its own: https://ai.google.dev/api/generate-content#v1beta.GenerationConfig. */
export interface GeminiGenerationConfig {
  /** Number of likeliest words that the next is drawn from. */
  readonly topK?: number;
  /** Penalty for words that have occurred. */
  readonly presencePenalty?: number;
  /** Penalty for words by how often they have occurred. */
  readonly frequencyPenalty?: number;
  /** Whether the answer has the probabilities of its words. */
  readonly responseLogprobs?: boolean;
  /** Probabilities of words that the answer has. */
  readonly logprobs?: number;
  /** Whether civic answers are enhanced where the model can. */
  readonly enableEnhancedCivicAnswers?: boolean;
  /** Kinds of content in the answer; texts alone are read. */
  readonly responseModalities?: readonly ('TEXT' | 'IMAGE' | 'AUDIO')[];
  /** Voice of a spoken answer. */
  readonly speechConfig?: object;
  /** Form of pictures in the answer. */
  readonly imageConfig?: object;
  /** Resolution in which media are read. */
  readonly mediaResolution?: 'MEDIA_RESOLUTION_LOW' | 'MEDIA_RESOLUTION_MEDIUM' | 'MEDIA_RESOLUTION_HIGH';
  /** How the model thinks, over the option `reasoning`. */
  readonly thinkingConfig?: {
    /** Whether the answer has summaries of thoughts, which are not read as text. */
    readonly includeThoughts?: boolean;
    /** Most tokens of thoughts. */
    readonly thinkingBudget?: number;
    /** How long the model may think. */
    readonly thinkingLevel?: 'minimal' | 'low' | 'medium' | 'high';
  };
  /** Form of the answer. */
  readonly responseMimeType?: string;
  /** Schema of the answer, as OpenAPI has it. */
  readonly responseSchema?: object;
  /** Schema of the answer. */
  readonly responseJsonSchema?: object;
}

/** Members of a request that have no option of their own: https://ai.google.dev/api/generate-content. */
export interface GeminiRequestOptions {
  /** Name of a cached prompt. */
  readonly cachedContent?: string;
  /** Settings of the filter in the words of the service, over the option `safety`. */
  readonly safetySettings?: readonly { readonly category: string; readonly threshold: string }[];
  /** Google's own tools, such as `{ googleSearch: {} }`; in place of those of the request. */
  readonly tools?: readonly object[];
  /** How tools are chosen, over the option `toolChoice`. */
  readonly toolConfig?: object;
  /** Tier in which the request is served. */
  readonly serviceTier?: string;
  /** Whether the service keeps the answer. */
  readonly store?: boolean;
  /** Members of `generationConfig`. */
  readonly generationConfig?: GeminiGenerationConfig;
}

declare module '@drydock/llm' {
  interface ProviderRequestOptions {
    /** Members for Gemini. */
    readonly gemini?: GeminiRequestOptions | undefined;
  }
}
