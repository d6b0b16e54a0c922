/** What may stand in `generationConfig` and has no option of its own: https://ai.google.dev/api/generate-content#v1beta.GenerationConfig. */
export interface GeminiGenerationConfig {
  readonly topK?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly responseLogprobs?: boolean;
  readonly logprobs?: number;
  readonly enableEnhancedCivicAnswers?: boolean;
  readonly responseModalities?: readonly ('TEXT' | 'IMAGE' | 'AUDIO')[];
  readonly speechConfig?: object;
  readonly imageConfig?: object;
  readonly mediaResolution?: 'MEDIA_RESOLUTION_LOW' | 'MEDIA_RESOLUTION_MEDIUM' | 'MEDIA_RESOLUTION_HIGH';
  readonly thinkingConfig?: {
    readonly includeThoughts?: boolean;
    readonly thinkingBudget?: number;
    readonly thinkingLevel?: 'minimal' | 'low' | 'medium' | 'high';
  };
  readonly responseMimeType?: string;
  readonly responseSchema?: object;
  readonly responseJsonSchema?: object;
}

/** Members of a request that have no option of their own: https://ai.google.dev/api/generate-content. */
export interface GeminiRequestOptions {
  readonly cachedContent?: string;
  readonly safetySettings?: readonly { readonly category: string; readonly threshold: string }[];
  /** Google's own tools, such as `{ googleSearch: {} }`; in place of those of the request. */
  readonly tools?: readonly object[];
  readonly toolConfig?: object;
  readonly serviceTier?: string;
  readonly store?: boolean;
  readonly generationConfig?: GeminiGenerationConfig;
}

declare module '@drydock/llm' {
  interface ProviderRequestOptions {
    readonly gemini?: GeminiRequestOptions | undefined;
  }
}
