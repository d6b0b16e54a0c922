import { abandonOn, type Clock, systemClock } from '@drydock/resilience';
import type { RequestContext, StreamEvent, ToolCall, Usage } from '../../contract/index.js';
import type { Exchange } from '../exchange.js';
import { malformed } from '../failures/explain-failure.js';
import type { SilenceLimit } from './silence-limit.js';
import { StreamAssembly, type StreamReader } from './stream-assembly.js';

/**
 * Milliseconds of silence after which an answer that has its finish reason is over though its body is not: some services
 * keep the connection open. Others send a finish reason with every piece, so that its text may go on.
 */
const MOST_SILENT_MS = 1_000;

/** How a stream is read. */
export interface StreamEventsOptions<Piece> {
  readonly context: RequestContext;
  readonly signal: AbortSignal;
  /** Notes the time in which the service is waited for. @default none */
  readonly exchange?: Exchange | undefined;
  readonly read: StreamReader<Piece>;
  /** Rejects for a tool call whose arguments do not fit. @default none */
  readonly check?:
    | ((toolCall: ToolCall, context: RequestContext, usage?: Usage) => Promise<void>)
    | undefined;
  /** Ends the stream when it is silent for too long; its signal is part of `signal`. @default none */
  readonly silence?: SilenceLimit | undefined;
  /** @default the process' monotonic clock */
  readonly clock?: Clock | undefined;
}

/** The events of a stream, whose body is read to its end; the last of them comes once nothing more does. */
export async function* streamEvents<Piece>(
  pieces: AsyncIterable<Piece>,
  { context, signal, exchange, read, check, silence, clock = systemClock }: StreamEventsOptions<Piece>,
): AsyncGenerator<StreamEvent, void, undefined> {
  const assembly = new StreamAssembly(context);
  const iterator = pieces[Symbol.asyncIterator]();
  let done: boolean | undefined = false;
  try {
    for (;;) {
      const taken = iterator.next();
      const next = exchange ? exchange.wait(taken) : taken;
      const piece = silence && !assembly.complete ? silence.wait(next) : next;
      const result = assembly.complete
        ? await moreOf(piece, signal, clock)
        : // SDKs end a stream as if it were complete when its signal fires.
          await abandonOn(signal, piece).finally(() => signal.throwIfAborted());
      done = result?.done;
      if (!result || done) break;
      const { toolCallParts } = assembly;
      for (const event of eventsOf(read, result.value as Piece, assembly)) {
        silence?.onContent();
        if (check && event.type === 'tool_call') await check(event.toolCall, context, assembly.usage);
        yield event;
      }
      if (assembly.toolCallParts > toolCallParts) silence?.onContent();
    }
    for (const event of assembly.end()) {
      if (check && event.type === 'tool_call') await check(event.toolCall, context, assembly.usage);
      yield event.type === 'finish' && exchange ? exchange.withRateLimits(event) : event;
    }
  } finally {
    // Not awaited, since a generator that waits for a piece ends only when that has come.
    if (!done) iterator.return?.()?.then(undefined, () => {});
  }
}

/** The events of a piece; a `TypeError` within it means that the piece has not the form that the service documents. */
function* eventsOf<Piece>(
  read: StreamReader<Piece>,
  piece: Piece,
  assembly: StreamAssembly,
): Iterable<StreamEvent> {
  const { complete, context } = assembly;
  try {
    for (const event of read(piece, assembly)) {
      if (event.type === 'text') assembly.hasText = true;
      yield event;
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if (!complete) throw malformed(context);
  }
}

/** What comes after a complete answer; undefined for a silence, and for a connection that breaks now. */
async function moreOf<Piece>(
  piece: Promise<IteratorResult<Piece>>,
  signal: AbortSignal,
  clock: Clock,
): Promise<IteratorResult<Piece> | undefined> {
  let cancel = () => {};
  const silence = new Promise<undefined>((resolve) => {
    cancel = clock.schedule(() => resolve(undefined), MOST_SILENT_MS);
  });
  try {
    return await abandonOn(signal, Promise.race([piece, silence]));
  } catch {
    // What is missing is not part of the answer.
    return undefined;
  } finally {
    cancel();
  }
}
