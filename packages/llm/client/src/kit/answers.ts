import type { Request } from './caller.js';
import { readEvents } from './event-stream.js';
import { jsonIn } from './parse-json.js';

/**
 * A whole answer, parsed.
 *
 * @throws SyntaxError for one that is not JSON.
 */
export async function readJson(
  { exchange }: Pick<Request, 'exchange'>,
  sending: Promise<Response>,
): Promise<unknown> {
  const response = await sending;
  const text = await exchange.wait(response.text());
  return jsonIn(text);
}

/** The events of an answer; the body is read as they are taken. */
export async function openEvents<Event>(sending: Promise<Response>): Promise<AsyncIterable<Event>> {
  return readEvents<Event>(await sending);
}

/** Where the answer of an SDK's one request is kept. */
interface Aside {
  answer?: Response;
  failure?: { readonly error: unknown };
}

/**
 * Lets an SDK make one request, and gives the answer unread: SDKs refuse answers that lack what their own service sends, lose
 * parts that they do not know, and take errors among events for events.
 *
 * @param standIn Makes an answer that the SDK takes in the place of the true one.
 */
export async function throughSdk(
  send: typeof globalThis.fetch,
  standIn: () => Response,
  use: (fetch: typeof globalThis.fetch) => Promise<unknown>,
): Promise<Response> {
  const aside: Aside = {};
  const fetch: typeof globalThis.fetch = async (input, init) => {
    try {
      aside.answer = await send(input, init);
      return standIn();
    } catch (error) {
      aside.failure = { error };
      throw error;
    }
  };
  try {
    await use(fetch);
  } catch (error) {
    if (aside.failure) throw aside.failure.error;
    if (!aside.answer) throw error;
  }
  return aside.answer as Response;
}
