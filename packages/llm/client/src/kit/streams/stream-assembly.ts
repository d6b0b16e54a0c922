import {
  type FinishReason,
  type GenerateResult,
  type LlmError,
  type RequestContext,
  type StreamEvent,
  type ToolCall,
  toLlmError,
  type Usage,
} from '../../contract/index.js';
import { malformed } from '../failures/explain-failure.js';

/** Reads one piece of a stream: tells of texts at once, and notes the rest. */
export type StreamReader<Piece> = (piece: Piece, assembly: StreamAssembly) => Iterable<StreamEvent>;

/** A part of a tool call. */
export interface ToolCallPart {
  readonly id?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** A part of the arguments' JSON text. */
  readonly arguments?: string | null | undefined;
}

interface CallSoFar {
  id: string;
  name: string;
  text: string;
}

/** What a stream has told so far. */
export class StreamAssembly {
  readonly context: RequestContext;
  /** In the order in which they began. */
  readonly #calls: CallSoFar[] = [];
  /** The latest call at each place. */
  readonly #places = new Map<number, CallSoFar>();
  /** Why the answer ended. */
  finishReason: FinishReason | undefined;
  usage: Usage | undefined;
  /** The model that answers, as the service names it. */
  model: string | undefined;
  responseId: string | undefined;

  constructor(context: RequestContext) {
    this.context = context;
  }

  /** Notes a part of the tool call at a place, or the beginning of another one there: not all servers count them. */
  addToolCall(index: number, part: ToolCallPart): void {
    const known = this.#places.get(index);
    const call = known && !beginsAnother(known, part) ? known : this.#begin(index);
    call.id ||= part.id ?? '';
    call.name ||= part.name ?? '';
    call.text += part.arguments ?? '';
  }

  #begin(index: number): CallSoFar {
    const call = { id: '', name: '', text: '' };
    this.#calls.push(call);
    this.#places.set(index, call);
    return call;
  }

  /** Whether the answer has ended and said what it used, so that nothing more is missing. */
  get complete(): boolean {
    return this.finishReason !== undefined && this.usage !== undefined;
  }

  /**
   * The last events: whole tool calls, then the end.
   *
   * @throws LlmError of kind `truncated` without a finish reason, of `invalid_output` without usage.
   */
  *end(): Iterable<StreamEvent> {
    const { provider, model = '' } = this.context;
    const { finishReason, usage, responseId } = this;
    if (finishReason === undefined) throw cutOff(this.context, usage);
    if (usage === undefined) throw withoutUsage(this.context);
    for (const call of this.#calls) yield { type: 'tool_call', toolCall: this.#whole(call) };
    yield {
      type: 'finish',
      finishReason: reasonWith(this.#calls.length, finishReason),
      usage,
      provider,
      model: this.model ?? model,
      ...(responseId !== undefined && { responseId }),
    };
  }

  #whole({ id, name, text }: CallSoFar): ToolCall {
    return { id, name, arguments: parseArguments(text, this.context, this.usage) };
  }
}

/** An id alone tells nothing: some servers make up a new one for each part of a call, but name the tool once. */
function beginsAnother(known: CallSoFar, { id, name }: ToolCallPart): boolean {
  return Boolean(known.id && id && known.id !== id && known.name && name);
}

/**
 * The arguments of a tool call, which models write as a JSON text; none at all are an empty object.
 *
 * @throws LlmError of kind `invalid_output`
 */
export function parseArguments(text: string, context: RequestContext, usage?: Usage): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    const detail = 'the model asked for a tool with arguments that are not JSON';
    throw toLlmError('invalid_output', {
      ...context,
      detail,
      usage,
      code: 'TOOL_ARGUMENTS',
      retriable: true,
    });
  }
}

/** Some services say of an answer with calls of tools that it just stopped. */
function reasonWith(calls: number, reason: FinishReason): FinishReason {
  return reason === 'stop' && calls > 0 ? 'tool_calls' : reason;
}

/** The answer ended without saying why, so that it may be incomplete. */
export function cutOff(context: RequestContext, usage?: Usage): LlmError {
  const detail = 'the answer ended without a finish reason, so it may be incomplete';
  return toLlmError('truncated', { ...context, detail, usage, code: 'CUT_OFF', retriable: true });
}

/** The answer does not say what it cost. */
export function withoutUsage(context: RequestContext): LlmError {
  const detail = 'the answer does not tell what it used, so that no cap can hold; use a service that tells';
  return toLlmError('invalid_output', { ...context, detail, code: 'NO_USAGE' });
}

/** The parts of a whole answer, each as far as the service sent it. */
export type ResultParts = {
  readonly [Part in keyof Omit<GenerateResult, 'provider'>]?: GenerateResult[Part] | undefined;
};

/**
 * A whole answer, checked for what must not be missing.
 *
 * @throws LlmError of kind `truncated` without a finish reason, of `invalid_output` without usage or without an answer.
 */
export function completeResult(
  { text, toolCalls, finishReason, usage, model, responseId }: ResultParts,
  context: RequestContext,
): GenerateResult {
  if (text === undefined || toolCalls === undefined) throw malformed(context);
  if (finishReason === undefined) throw cutOff(context, usage);
  if (usage === undefined) throw withoutUsage(context);
  return {
    text,
    toolCalls,
    finishReason: reasonWith(toolCalls.length, finishReason),
    usage,
    provider: context.provider,
    model: model ?? context.model ?? '',
    ...(responseId !== undefined && { responseId }),
  };
}
