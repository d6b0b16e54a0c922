import { fieldOf, type HttpAnswer } from '@drydock/llm/provider-kit';
import { createParser } from 'eventsource-parser';

/** An error that came within a stream which had begun well; what it says is out of reach of whoever prints it. */
export class EventError extends Error {
  override readonly name = 'EventError';
  readonly #body: unknown;

  constructor(body: unknown) {
    super('the stream brought an error');
    this.#body = body;
  }

  /** The answer that the error would have been, had it come at once. */
  static answerOf(error: Error): HttpAnswer | undefined {
    if (!(error instanceof EventError)) return undefined;
    const status = fieldOf(error.#body, 'raw_status_code');
    return { body: error.#body, ...(typeof status === 'number' && { status }) };
  }
}

/** At this one the SDK leaves the body, whose connection can then not serve again; it ends without it too. */
const LAST_EVENT = '[DONE]';

/**
 * The same events but the last, read before the SDK does: it takes an error among them for a broken event and keeps nothing of it.
 *
 * @throws EventError within the stream, at an event that is an error.
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
        // One piece at a time, so that what came before an error is told before it.
        const event = ready.shift() as string;
        refuseError(event);
        controller.enqueue(Buffer.from(`data: ${change(event).replaceAll('\n', '\ndata: ')}\n\n`));
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Looks closer only at events that have the word in them. */
function refuseError(event: string): void {
  if (!event.includes('"error"')) return;
  const value = parsed(event);
  if (fieldOf(value, 'error') != null || fieldOf(value, 'object') === 'error') throw new EventError(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
