import { createParser } from 'eventsource-parser';

/** The last event of OpenAI's API, at which SDKs stop reading the body, whose connection could then not serve again; without it, they read to the end. */
const LAST_EVENT = '[DONE]';

/**
 * The same events but the last, each rewritten, in the one form that all SDKs read: comments, names of events and line ends
 * of other kinds are left out. What `rewrite` throws ends the stream after the events before it.
 */
export function rewrittenEvents(
  body: ReadableStream<Uint8Array>,
  rewrite: (data: string) => string = (data) => data,
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
        const data = rewrite(ready.shift() as string);
        controller.enqueue(Buffer.from(`data: ${data.replaceAll('\n', '\ndata: ')}\n\n`));
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/**
 * The events of an answer, parsed as JSON; the body is read to its end, so that the connection can serve again.
 *
 * @throws SyntaxError for an event that is not JSON.
 */
export async function* readEvents<Event>({ body }: Response): AsyncGenerator<Event, void, undefined> {
  const decoder = new TextDecoder();
  const ready: string[] = [];
  const parser = createParser({
    onEvent({ data }) {
      if (data !== LAST_EVENT) ready.push(data);
    },
  });
  for await (const bytes of body ?? []) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    while (ready.length > 0) yield JSON.parse(ready.shift() as string);
  }
}
