import { EventReader } from './event-reader.js';
import { jsonIn } from './parse-json.js';

/**
 * The events of an answer, parsed as JSON; the body is read to its end, so that the connection can serve again.
 *
 * @throws SyntaxError for an event that is not JSON.
 */
export async function* readEvents<Event>({ body }: Response): AsyncGenerator<Event, void, undefined> {
  const events = new EventReader();
  for await (const bytes of body ?? []) {
    events.feed(bytes);
    for (let data = events.take(); data !== undefined; data = events.take()) yield jsonIn(data) as Event;
  }
  events.end();
  for (let data = events.take(); data !== undefined; data = events.take()) yield jsonIn(data) as Event;
}
