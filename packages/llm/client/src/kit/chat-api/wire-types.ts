/**
 * OpenAI's chat API as it comes over the wire, as far as it is read: https://platform.openai.com/docs/api-reference/chat.
 * Of what its document promises, other servers leave members out or send them as null.
 */

/** Tokens of a request. */
export interface ChatUsage {
  readonly prompt_tokens?: number | null;
  readonly completion_tokens?: number | null;
  readonly total_tokens?: number | null;
  readonly prompt_tokens_details?: {
    readonly cached_tokens?: number | null;
    readonly audio_tokens?: number | null;
  } | null;
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number | null } | null;
  /** Mistral's word for the cached tokens of the prompt. */
  readonly num_cached_tokens?: number | null;
}

/** A tool call, or a part of one within a stream. */
export interface ChatToolCall {
  readonly id?: string | null;
  readonly index?: number | string | null;
  readonly function?: { readonly name?: string | null; readonly arguments?: unknown };
}

/** A text, or a list of parts of which some are texts. */
export type ChatContent = string | readonly { readonly type?: string; readonly text?: string }[] | null;

/** The message of an answer, or what a chunk adds to it. */
export interface ChatMessage {
  readonly content?: ChatContent;
  readonly tool_calls?: readonly ChatToolCall[] | null;
  /** What a model says in place of an answer that it does not want to give. */
  readonly refusal?: string | null;
}

/** An answer of `/chat/completions`, or one chunk of it. */
export interface ChatAnswer {
  readonly id?: string | null;
  readonly model?: string | null;
  readonly usage?: ChatUsage | null | undefined;
  readonly choices?:
    | readonly {
        /** Of a whole answer. */
        readonly message?: ChatMessage | null;
        /** Of a chunk. */
        readonly delta?: ChatMessage | null;
        readonly finish_reason?: string | null;
      }[]
    | null;
}

/** An answer of `/embeddings`. */
export interface ChatEmbeddings {
  readonly data?: readonly { readonly index?: number; readonly embedding?: readonly number[] }[];
  readonly usage?: ChatUsage | null;
}

/** An answer of `/models`; the size of the context has several names, and is mostly absent. */
export interface ChatModels {
  readonly data?: readonly {
    readonly id?: unknown;
    readonly context_window?: unknown;
    readonly max_context_length?: unknown;
    readonly max_model_len?: unknown;
    readonly context_length?: unknown;
    readonly meta?: { readonly n_ctx?: unknown } | null;
  }[];
}
