import type { Clock } from '@drydock/resilience';
import type { FinishReason, LlmErrorKind, Provider, ToolCall } from '../contract/index.js';
import type { WallClock } from '../kit/index.js';
import type { RequestShapes, WireAnswer } from '../wire/index.js';

/** What a provider is made with. */
export interface CreateRequest {
  readonly apiKey: string;
  /** Scheme, host and port of the server that plays the service; the service's own path follows it. */
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly wallClock: WallClock;
}

/** What an answer holds, whatever the dialect; what is absent is left out of the answer. */
export interface SampleAnswer {
  /** Pieces of the text; a whole answer has them joined. */
  readonly texts?: readonly string[];
  readonly toolCalls?: readonly ToolCall[];
  readonly finishReason?: FinishReason;
  readonly usage?: SampleUsage;
  /** Whether the finish reason is a word that no document names. */
  readonly unknownFinish?: boolean;
  /** Whether a stream has a finish reason, and its usage, with each of its pieces. @default false */
  readonly finishWithEachPiece?: boolean;
}

/** Tokens of an answer. */
export interface SampleUsage {
  readonly input: number;
  readonly output: number;
}

/** What must come of an answer other than success. */
export interface Expected {
  readonly kind: LlmErrorKind;
  readonly retriable: boolean;
}

/** An answer that the service's public document names, with what must come of it. */
export interface DocumentedAnswer extends Expected {
  readonly name: string;
  readonly answer: WireAnswer;
}

/** An answer beside the document, and what has to be read of it. */
export interface OddAnswer {
  readonly name: string;
  readonly stream: WireAnswer;
  /** The same as a whole answer. @default none */
  readonly answer?: WireAnswer | undefined;
  /** @default none */
  readonly text?: string | undefined;
  /** Names and arguments of the tool calls. @default none */
  readonly calls?: readonly (readonly [name: string, args: unknown])[] | undefined;
}

/** A refusal that the service's public document names. */
export interface DocumentedError extends Expected {
  readonly status: number;
  /** Body as the document shows it, around a message. @default no body */
  readonly body?: ((message: string) => unknown) | undefined;
  /** The code that the error has. @default none */
  readonly code?: string | undefined;
  /** Pause that the body asks for, in milliseconds. @default none */
  readonly retryAfterMs?: number | undefined;
}

/** What a service offers beyond what all do. */
export interface Capabilities {
  /** Numbers as vectors of texts. */
  readonly embed: boolean;
  /** Counting without generating. */
  readonly countTokens: boolean;
  /** Requests carry a schema that the service holds its answers to. */
  readonly nativeSchema: boolean;
}

/** How a service speaks: answers made by hand after its public document. */
export interface WireDialect {
  /** Name and address of the document. */
  readonly document: string;
  readonly answer: (sample: SampleAnswer) => WireAnswer;
  /** The same as a stream. */
  readonly stream: (sample: SampleAnswer) => WireAnswer;
  /** An answer without any candidate. */
  readonly empty: WireAnswer;
  readonly models: (ids: readonly string[]) => WireAnswer;
  readonly errors: readonly DocumentedError[];
  /** An error within a stream that has begun well, with the message that it shows. */
  readonly streamError: Expected & { readonly answer: (message: string) => WireAnswer };
  /** Answers that are withheld, and prompts that are refused, for their content. */
  readonly blocked: readonly DocumentedAnswer[];
  /** Answers of other servers that speak the same API. @default none */
  readonly odd?: readonly OddAnswer[] | undefined;
  readonly embeddings?: ((vectors: readonly (readonly number[])[]) => WireAnswer) | undefined;
  readonly tokenCount?: ((tokens: number) => WireAnswer) | undefined;
  /** What the document says of requests. */
  readonly requests: RequestShapes;
}

/** A provider under test. */
export interface ProviderSubject {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Options of the service alone, as its document names them. @default none */
  readonly ownOptions?: object | undefined;
  readonly create: (request: CreateRequest) => Provider;
  readonly wire: WireDialect;
}
