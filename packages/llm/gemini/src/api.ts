/**
 * The Gemini API v1beta, as far as it is used: https://ai.google.dev/api/generate-content. The SDK's own types lack
 * much of it.
 */

/** A piece of a turn. */
export interface Part {
  readonly text?: string;
  /** Whether the text is a summary of the model's thoughts. */
  readonly thought?: boolean;
  /** Opaque; newer models refuse their own tool calls without it. */
  readonly thoughtSignature?: string;
  readonly functionCall?: { readonly id?: string; readonly name: string; readonly args?: unknown };
  readonly functionResponse?: { readonly id?: string; readonly name: string; readonly response: object };
}

/** A turn. */
export interface Content {
  readonly role?: 'user' | 'model';
  readonly parts?: readonly Part[];
}

/** Body of `generateContent` and `streamGenerateContent`. */
export interface GenerateContentBody {
  readonly contents: readonly Content[];
  readonly systemInstruction?: Content;
  readonly tools?: readonly object[];
  readonly toolConfig?: object;
  readonly safetySettings?: readonly object[];
  readonly generationConfig: {
    readonly maxOutputTokens?: number;
    readonly temperature?: number;
    readonly stopSequences?: readonly string[];
    readonly topP?: number;
    readonly seed?: number;
    readonly thinkingConfig?: object;
    readonly responseMimeType?: string;
    readonly responseJsonSchema?: object;
  };
}

/** Tokens of a request. */
export interface UsageMetadata {
  readonly promptTokenCount?: number;
  readonly cachedContentTokenCount?: number;
  readonly toolUsePromptTokenCount?: number;
  readonly candidatesTokenCount?: number;
  readonly thoughtsTokenCount?: number;
  readonly totalTokenCount?: number;
}

/** Answer of `generateContent`, and each event of `streamGenerateContent`. */
export interface GenerateContentAnswer {
  readonly candidates?: readonly { readonly content?: Content; readonly finishReason?: string }[];
  readonly promptFeedback?: { readonly blockReason?: string };
  readonly usageMetadata?: UsageMetadata;
  readonly modelVersion?: string;
  readonly responseId?: string;
  /** In an event of a stream that fails after its status. */
  readonly error?: unknown;
}

/** Body of `batchEmbedContents`; the SDK adds the model to each request. */
export interface BatchEmbedBody {
  readonly requests: readonly { readonly content: Content; readonly outputDimensionality?: number }[];
}

/** Answer of `batchEmbedContents`. */
export interface BatchEmbedAnswer {
  readonly embeddings?: readonly { readonly values?: readonly number[] }[];
  readonly usageMetadata?: UsageMetadata;
}

/** Answer of `countTokens`. */
export interface CountTokensAnswer {
  readonly totalTokens?: number;
}

/** Answer of `models.list`. */
export interface ListModelsAnswer {
  readonly models?: readonly {
    readonly name?: string;
    readonly inputTokenLimit?: number;
    readonly outputTokenLimit?: number;
  }[];
  readonly nextPageToken?: string;
}
