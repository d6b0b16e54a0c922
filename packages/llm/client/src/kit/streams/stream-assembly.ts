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
import { withoutFence } from '../../structured/parse-answer.js';
import { rememberMisfit } from '../../structured/repair.js';
import { codeOf } from '../failures/error-body.js';
import { parseJson } from '../parse-json.js';

/** Reads one piece of a stream: yields its text at once, and collects the rest. */
export type StreamReader<Piece> = (piece: Piece, assembly: StreamAssembly) => Iterable<StreamEvent>;

/** A part of a tool call. */
export interface ToolCallPart {
  readonly id?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** A part of the arguments' JSON text. */
  readonly arguments?: string | null | undefined;
}

interface CallSoFar {
  readonly index: number;
  id: string;
  name: string;
  text: string;
}

/** What a stream has brought so far. */
export class StreamAssembly {
  readonly context: RequestContext;
  /** Tool calls in the order in which they began. */
  readonly #calls: CallSoFar[] = [];
  /** The latest tool call of each index. */
  readonly #byIndex = new Map<number, CallSoFar>();
  /** Why the answer ended. */
  finishReason: FinishReason | undefined;
  /** The service's own word, for a reason that is not known. */
  rawFinishReason: string | undefined;
  /** Whether the answer has a text, so that it is one whatever its finish reason. */
  hasText = false;
  /** Whether the model refused, in words that are not its answer. */
  isRefused = false;
  usage: Usage | undefined;
  /** The model that answers, as the service names it. */
  model: string | undefined;
  responseId: string | undefined;
  /** Parts of tool calls that have come, since they are content of which no event tells before the end. */
  toolCallParts = 0;

  constructor(context: RequestContext) {
    this.context = context;
  }

  /** Adds a part to the tool call of an index, or begins another one there, since not all servers count tool calls. */
  addToolCall(index: number, part: ToolCallPart): void {
    this.toolCallParts += 1;
    const known = this.#withId(index, part.id) ?? this.#byIndex.get(index);
    const call = known && !beginsAnother(known, part) ? known : this.#begin(index);
    call.id ||= part.id ?? '';
    call.name ||= part.name ?? '';
    call.text += part.arguments ?? '';
  }

  /** The call of an index with this id, since parts of calls that are not counted may come in turns. */
  #withId(index: number, id: string | null | undefined): CallSoFar | undefined {
    return id ? this.#calls.find((call) => call.index === index && call.id === id) : undefined;
  }

  #begin(index: number): CallSoFar {
    const call = { index, id: '', name: '', text: '' };
    this.#calls.push(call);
    this.#byIndex.set(index, call);
    return call;
  }

  /** Whether the answer has its finish reason and its usage, so that nothing is missing. */
  get complete(): boolean {
    return this.finishReason !== undefined && this.usage !== undefined;
  }

  /**
   * The last events: whole tool calls, then the end.
   *
   * @throws LlmError of kind `truncated` without a finish reason, of `invalid_output` without usage.
   */
  *end(): Iterable<StreamEvent> {
    const finish = finishOf(this, this.#calls.length, this.context);
    const calls = withOwnIds(this.#calls.map((call) => this.#whole(call)));
    for (const toolCall of calls) yield { type: 'tool_call', toolCall };
    yield { type: 'finish', ...finish };
  }

  #whole({ id, name, text }: CallSoFar): ToolCall {
    return { id, name, arguments: parseArguments(text, this.context, this.usage) };
  }
}

/**
 * A new id alone does not begin a tool call: some servers make one up for each part, but name the tool only once. Where there
 * are no ids, a name does after arguments that are whole.
 */
function beginsAnother(known: CallSoFar, { id, name }: ToolCallPart): boolean {
  if (!known.name || !name) return false;
  return known.id && id ? known.id !== id : parseJson(known.text) !== undefined;
}

/** Tool calls with an id each: some servers give none, or one to all of them. */
export function withOwnIds(calls: readonly ToolCall[]): ToolCall[] {
  const taken = new Set<string>();
  return calls.map((call, index) => {
    let { id } = call;
    if (id === '' || taken.has(id)) id = `${id || 'call'}-${index}`;
    taken.add(id);
    return id === call.id ? call : { ...call, id };
  });
}

/**
 * The arguments of a tool call, which models write as a JSON text, also within a fence or as the text of a text; none at all,
 * or null, are an empty object.
 *
 * @throws LlmError of kind `invalid_output`
 */
export function parseArguments(text: string, context: RequestContext, usage?: Usage): unknown {
  if (text.trim() === '') return {};
  const value = parseJson(text) ?? parseJson(withoutFence(text));
  if (value === undefined) {
    const detail = 'the model asked for a tool with arguments that are not JSON';
    const facts = { ...context, detail, usage, code: 'TOOL_ARGUMENTS', retriable: true };
    throw rememberMisfit(toLlmError('invalid_output', facts), { text, problems: [detail] });
  }
  const inner = typeof value === 'string' ? parseJson(value) : undefined;
  return (typeof inner === 'object' ? inner : value) ?? {};
}

/** The error of an answer without a finish reason. */
export function cutOff(context: RequestContext, usage?: Usage): LlmError {
  const detail = 'the answer ended without a finish reason, so it may be incomplete';
  return toLlmError('truncated', { ...context, detail, usage, code: 'CUT_OFF', retriable: true });
}

/** The error of an answer without usage. */
export function withoutUsage(context: RequestContext): LlmError {
  const detail =
    'the answer lacks its usage, without which no spend cap can hold; use a service that sends it';
  return toLlmError('invalid_output', { ...context, detail, code: 'NO_USAGE' });
}

/** What an answer has besides its text and tool calls, as far as the service sent it. */
type AnswerFacts = Pick<
  StreamAssembly,
  'finishReason' | 'rawFinishReason' | 'usage' | 'model' | 'responseId'
>;

/**
 * A whole answer, checked for what must not be missing.
 *
 * @throws LlmError of kind `truncated` without a finish reason, of `invalid_output` without usage.
 */
export function completeResult(
  { text, toolCalls, ...facts }: Pick<GenerateResult, 'text' | 'toolCalls'> & AnswerFacts,
  context: RequestContext,
): GenerateResult {
  return {
    text,
    toolCalls: withOwnIds(toolCalls),
    ...finishOf({ ...facts, hasText: text !== '' }, toolCalls.length, context),
  };
}

function finishOf(
  { finishReason, rawFinishReason, usage, model, responseId, hasText }: AnswerFacts & { hasText: boolean },
  toolCalls: number,
  context: RequestContext,
): Omit<GenerateResult, 'text' | 'toolCalls'> {
  if (finishReason === undefined) throw cutOff(context, usage);
  if (usage === undefined) throw withoutUsage(context);
  const isOther = finishReason === 'other';
  if (isOther && !hasText && toolCalls === 0) throw endedEarly(rawFinishReason, context, usage);
  return {
    // Some services say `stop` of an answer that asks for tools.
    finishReason: finishReason === 'stop' && toolCalls > 0 ? 'tool_calls' : finishReason,
    usage,
    provider: context.provider,
    model: model ?? context.model ?? '',
    ...(isOther && rawFinishReason !== undefined && { rawFinishReason }),
    ...(responseId !== undefined && { responseId }),
  };
}

/** The error of an answer without a text that ended for a reason which is not known. */
function endedEarly(reason: string | undefined, context: RequestContext, usage: Usage): LlmError {
  const detail = 'the answer has no text, and ended for a reason that is not known';
  return toLlmError('invalid_output', { ...context, detail, usage, code: codeOf(reason), retriable: true });
}
