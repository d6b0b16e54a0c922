import type { JsonSchema } from './json-schema.js';
import type { Message, ToolCall } from './message.js';
import type { ProviderRequestOptions } from './provider-request-options.js';
import type { RateLimits } from './rate-limits.js';
import type { Usage } from './usage.js';

/** A tool that a model may ask to have called. */
export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** Schema of the arguments. */
  readonly parameters: JsonSchema;
}

/** A question to a model. */
export interface GenerateRequest {
  /** Model to ask. @default the provider's own */
  readonly model?: string | undefined;
  /** Instruction that stands above the conversation. */
  readonly system?: string | undefined;
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[] | undefined;
  /** Most tokens of the answer. @default the model's own */
  readonly maxOutputTokens?: number | undefined;
  /** Randomness; some models ignore it. @default the model's own */
  readonly temperature?: number | undefined;
  /** Texts before which the answer ends. */
  readonly stop?: readonly string[] | undefined;
  /** Part of the probability from which words are drawn, from 0 to 1. @default the model's own */
  readonly topP?: number | undefined;
  /** Number for which the same request has mostly the same answer. @default none */
  readonly seed?: number | undefined;
  /** Whether the model asks for tools: as it likes, never, at least for one, or for this one. @default 'auto' */
  readonly toolChoice?: 'auto' | 'none' | 'required' | { readonly name: string } | undefined;
  /** How long models that reason may do so, by a word or in tokens, whichever the service takes. @default the model's own */
  readonly reasoning?: Reasoning | undefined;
  /** Further members of the request's body by the provider's name, in the words of its service; they come before all others. @default none */
  readonly providerOptions?: ProviderRequestOptions | undefined;
  /** What a service's own filter withholds, where it can be set; services without such a setting leave it out. @default the service's own */
  readonly safety?: readonly SafetySetting[] | undefined;
}

/** What a filter looks for. */
export type SafetyCategory = 'harassment' | 'hate' | 'sexual' | 'dangerous';

/** From which probability on a filter withholds: of any (`low`), a medium or a high one; `none` withholds nothing, `off` does not look. */
export type SafetyThreshold = 'low' | 'medium' | 'high' | 'none' | 'off';

/** From when on a filter withholds a text of one category. */
export interface SafetySetting {
  readonly category: SafetyCategory;
  readonly threshold: SafetyThreshold;
}

/** How long a model may reason. */
export interface Reasoning {
  readonly effort?: 'none' | 'low' | 'medium' | 'high' | undefined;
  /** Most tokens; services that take a word alone leave it out. */
  readonly budgetTokens?: number | undefined;
}

/** Why an answer ended; `other` for a reason that is not known, of an answer that has a text. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'other';

/** A complete answer. */
export interface GenerateResult {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
  /** The service's own word, where `finishReason` is `other`. */
  readonly rawFinishReason?: string;
  readonly usage: Usage;
  readonly provider: string;
  /** The model that answered, as the provider names it. */
  readonly model: string;
  /** The provider's id of the answer, for its support. */
  readonly responseId?: string;
  /** What is left of the account's limits, where the service says it. */
  readonly rateLimits?: RateLimits;
}

/** A piece of an answer; the last event is always `finish`. */
export type StreamEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_call'; readonly toolCall: ToolCall }
  | ({
      readonly type: 'finish';
      /** Of a structured answer: parts of the schema that the provider's dialect lacks, as JSON pointers. */
      readonly dropped?: readonly string[];
    } & Omit<GenerateResult, 'text' | 'toolCalls'>);

/** Default of `CallOptions.timeoutMs`, in milliseconds. */
export const DEFAULT_CALL_TIMEOUT_MS = 60_000;

/** Where the time of a call went. */
export interface CallTimings {
  /** Milliseconds in which it waited for its service, or for who reads its stream; providers add to it. */
  elsewhereMs?: number;
}

/** Options of every call to a provider. */
export interface CallOptions {
  /** Ends the call when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** Deadline of the call, over the status and the whole body, in milliseconds. @default 60_000 */
  readonly timeoutMs?: number | undefined;
  /** Of a stream: longest wait for its first content, from the start of the call, in milliseconds; within `timeoutMs`. @default none */
  readonly firstEventMs?: number | undefined;
  /** Of a stream: longest wait for further content, in milliseconds; what is not content, and the time of the consumer, do not count. @default none */
  readonly idleMs?: number | undefined;
  /** Where the provider notes how long it waited for its service. @default nowhere */
  readonly timings?: CallTimings | undefined;
}
