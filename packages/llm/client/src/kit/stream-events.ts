import { abandonOn } from '@drydock/resilience';
import type { StreamEvent } from '../contract/index.js';
import { StreamAssembly, type StreamReader } from './stream-assembly.js';
import type { Where } from './where.js';

/** The events of a stream; ends as soon as nothing is missing, since some services keep the connection open. */
export async function* streamEvents<Piece>(
  pieces: AsyncIterable<Piece>,
  { where, signal, read }: { where: Where; signal: AbortSignal; read: StreamReader<Piece> },
): AsyncGenerator<StreamEvent, void, undefined> {
  const assembly = new StreamAssembly(where);
  const iterator = pieces[Symbol.asyncIterator]();
  let rest: Promise<unknown> | undefined;
  try {
    while (!assembly.complete) {
      // SDKs end a stream without a word when its signal fires.
      const { value, done } = await abandonOn(signal, iterator.next());
      signal.throwIfAborted();
      if (done) break;
      yield* read(value, assembly);
    }
    // What follows is the end of the body: a connection whose body was read can serve again.
    rest = iterator.next();
    rest.catch(() => {});
    yield* assembly.end();
  } finally {
    // A generator that waits for a piece ends only with it, so nobody waits for this.
    if (!rest) iterator.return?.()?.then(undefined, () => {});
  }
}
