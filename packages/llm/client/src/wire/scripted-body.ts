import { type Clock, sleep } from '@drydock/resilience';
import { aborted } from './aborted.js';
import type { Exchange } from './exchange.js';
import { closedByOther, terminated } from './network-errors.js';

/** The body of an answer: one piece a read, with the pauses of the script; ends with the signal's reason when that fires. */
export function scriptedBody(
  exchange: Exchange,
  { signal, clock }: { signal: AbortSignal; clock: Clock },
): ReadableStream<Uint8Array> {
  const { chunks = [], chunkEveryMs = 0, ending = 'end' } = exchange.answer;
  const left = [...chunks];
  const cancelled = new AbortController();

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const giveUp = () => {
          if (exchange.end !== undefined) return;
          exchange.finish('given up');
          controller.error(signal.reason);
        };
        if (signal.aborted) giveUp();
        else signal.addEventListener('abort', giveUp, { once: true });
      },
      async pull(controller) {
        const chunk = left.shift();
        if (chunk === undefined) return finish(controller);
        if (chunkEveryMs > 0)
          await sleep(chunkEveryMs, AbortSignal.any([signal, cancelled.signal]), clock).catch(() => {});
        if (exchange.end === undefined) controller.enqueue(Buffer.from(chunk));
      },
      cancel() {
        exchange.finish('given up');
        cancelled.abort();
      },
    },
    { highWaterMark: 0 },
  );

  function finish(controller: ReadableStreamDefaultController): Promise<void> | void {
    if (ending === 'stall') return aborted(AbortSignal.any([signal, cancelled.signal]));
    exchange.finish('played');
    if (ending === 'end') controller.close();
    else controller.error(terminated(closedByOther()));
  }
}
