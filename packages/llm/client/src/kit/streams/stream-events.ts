import { abandonOn, type Clock, systemClock } from '@drydock/resilience';
import type { RequestContext, StreamEvent, Usage } from '../../contract/index.js';
import { malformed } from '../failures/explain-failure.js';
import { StreamAssembly, type StreamReader } from './stream-assembly.js';

/** How long the end of a body is waited for once nothing of the answer is missing; some services keep the connection open. */
const MOST_MS_TO_THE_END = 100;

/** What a stream is read with. */
export interface StreamEventsOptions<Piece> {
  readonly context: RequestContext;
  readonly signal: AbortSignal;
  readonly read: StreamReader<Piece>;
  /** @default the process' monotonic clock */
  readonly clock?: Clock | undefined;
}

/** The events of a stream; tells the last of them as soon as nothing is missing, then lets the body come to its end. */
export async function* streamEvents<Piece>(
  pieces: AsyncIterable<Piece>,
  { context, signal, read, clock = systemClock }: StreamEventsOptions<Piece>,
): AsyncGenerator<StreamEvent, void, undefined> {
  const assembly = new StreamAssembly(context);
  const iterator = pieces[Symbol.asyncIterator]();
  // What was told before the end need not be all that was used.
  let early: Usage | undefined;
  let rest: Promise<void> | undefined;
  try {
    while (!assembly.complete) {
      // SDKs end a stream without a word when its signal fires.
      const { value, done } = await abandonOn(signal, iterator.next());
      signal.throwIfAborted();
      if (done) break;
      yield* malformedOnTypeError(() => read(value, assembly), context);
      if (assembly.finishReason === undefined) early = assembly.usage;
    }
    // A connection whose body was read can serve again, and only such a body is recorded.
    rest = readToItsEnd(iterator, (piece) => Array.from(read(piece, assembly)));
    if (assembly.usage === early) await atMost(MOST_MS_TO_THE_END, rest, clock);
    yield* assembly.end();
    await atMost(MOST_MS_TO_THE_END, rest, clock);
  } finally {
    // A generator that waits for a piece ends only with it, so nobody waits for this.
    if (!rest) iterator.return?.()?.then(undefined, () => {});
  }
}

/** What a piece tells; one whose parts are of other types than the service promises is malformed. */
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

/** Never rejects: the answer is whole, whatever becomes of its connection. */
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
    // Nobody needs what is missing.
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
