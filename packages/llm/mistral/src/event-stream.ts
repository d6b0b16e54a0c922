import { CarriedFailure, fieldOf, parseJson } from '@drydock/llm/provider-kit';
import { createParser } from 'eventsource-parser';

/** The event at which the SDK stops reading the body, whose connection could then not serve again; without it, it reads to the end. */
const LAST_EVENT = '[DONE]';

/**
 * The same events but the last, read before the SDK does: it takes an error among them for a broken event and keeps nothing of it.
 *
 * @throws CarriedFailure within the stream, at an event that is an error.
 */
export function watchedEvents(
  body: ReadableStream<Uint8Array>,
  change: (event: string) => string,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const ready: string[] = [];
  const parser = createParser({
    onEvent({ data }) {
      if (data !== LAST_EVENT) ready.push(data);
    },
  });

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (ready.length === 0) {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          parser.feed(decoder.decode(value, { stream: true }));
        }
        // One event at a time, so that those before an error are delivered before it.
        const event = ready.shift() as string;
        throwIfError(event);
        controller.enqueue(Buffer.from(`data: ${change(event).replaceAll('\n', '\ndata: ')}\n\n`));
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function throwIfError(event: string): void {
  // Only events that have the word in them are worth parsing.
  if (!event.includes('"error"')) return;
  const body = parseJson(event);
  if (fieldOf(body, 'error') == null && fieldOf(body, 'object') !== 'error') return;
  const status = fieldOf(body, 'raw_status_code');
  throw new CarriedFailure({ answer: { body, ...(typeof status === 'number' && { status }) } });
}
