import { abandonOn, type Clock, systemClock } from '@drydock/resilience';
import type { RequestContext, StreamEvent, Usage } from '../../contract/index.js';
import { malformed } from '../failures/explain-failure.js';
import { StreamAssembly, type StreamReader } from './stream-assembly.js';

/** Milliseconds to wait for the end of a body once the answer is complete; some services keep the connection open. */
const MOST_MS_TO_THE_END = 100;

/** How a stream is read. */
export interface StreamEventsOptions<Piece> {
  readonly context: RequestContext;
  readonly signal: AbortSignal;
  readonly read: StreamReader<Piece>;
  /** @default the process' monotonic clock */
  readonly clock?: Clock | undefined;
}

/** The events of a stream; yields the last of them once the answer is complete, and then reads the body to its end. */
export async function* streamEvents<Piece>(
  pieces: AsyncIterable<Piece>,
  { context, signal, read, clock = systemClock }: StreamEventsOptions<Piece>,
): AsyncGenerator<StreamEvent, void, undefined> {
  const assembly = new StreamAssembly(context);
  const iterator = pieces[Symbol.asyncIterator]();
  // A usage that came before the finish reason need not be the final one.
  let early: Usage | undefined;
  let rest: Promise<void> | undefined;
  try {
    while (!assembly.complete) {
      // SDKs end a stream as if it were complete when its signal fires.
      const { value, done } = await abandonOn(signal, iterator.next());
      signal.throwIfAborted();
      if (done) break;
      yield* malformedOnTypeError(() => read(value, assembly), context);
      if (assembly.finishReason === undefined) early = assembly.usage;
    }
    // A connection serves again only after its body was read, and a cassette records only such a body.
    rest = readToItsEnd(iterator, (piece) => Array.from(read(piece, assembly)));
    if (assembly.usage === early) await atMost(MOST_MS_TO_THE_END, rest, clock);
    yield* assembly.end();
    await atMost(MOST_MS_TO_THE_END, rest, clock);
  } finally {
    // Not awaited, since a generator that waits for a piece ends only when that has come.
    if (!rest) iterator.return?.()?.then(undefined, () => {});
  }
}

/** The events of a piece; a `TypeError` within it means that the piece has not the form that the service documents. */
function* malformedOnTypeError(
  events: () => Iterable<StreamEvent>,
  context: RequestContext,
): Iterable<StreamEvent> {
  try {
    yield* events();
  } catch (error) {
    throw error instanceof TypeError ? malformed(context) : error;
  }
}

/** Never rejects: the answer is complete, even if its connection breaks now. */
async function readToItsEnd<Piece>(
  iterator: AsyncIterator<Piece>,
  note: (piece: Piece) => void,
): Promise<void> {
  try {
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      note(value);
    }
  } catch {
    // What is missing is not part of the answer.
  }
}

async function atMost(ms: number, promise: Promise<void>, clock: Clock): Promise<void> {
  let cancel = () => {};
  const over = new Promise<void>((resolve) => {
    cancel = clock.schedule(resolve, ms);
  });
  await Promise.race([promise, over]);
  cancel();
}
