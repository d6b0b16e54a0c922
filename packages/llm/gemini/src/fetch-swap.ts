import { rewrittenEvents } from '@drydock/llm/provider-kit';

/** Messages of the SDK for an event that it cannot read; the event's text follows them. */
const UNREADABLE = /Error parsing JSON response|Failed to parse stream/;

/** What a `Seam` is made of. */
export interface FetchSwapOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Whether the SDK reads the body piece by piece, and puts errors of its own in the place of those it meets. @default false */
  readonly streamed?: boolean;
}

/**
 * Gives one call of the SDK a fetch of its own.
 *
 * The SDK has no option for a fetch: it takes the global one, and does so before it first waits. So the global is
 * replaced for one synchronous function call, in which no other code runs, and no call can get the fetch of another.
 */
export class FetchSwap {
  readonly #fetch: typeof globalThis.fetch;
  readonly #streamed: boolean;
  #failure: unknown;
  #answered = false;
  #body: ReadableStreamDefaultReader<Uint8Array> | undefined;

  constructor({ fetch, streamed = false }: FetchSwapOptions) {
    this.#fetch = fetch;
    this.#streamed = streamed;
  }

  /** Starts a call, which has to take its fetch before it first waits. */
  start<T>(call: () => Promise<T>): Promise<T> {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
    const fetch: typeof globalThis.fetch = (input, init) => this.#send(input, init);
    Object.defineProperty(globalThis, 'fetch', { value: fetch, configurable: true, writable: true });
    try {
      return call();
    } finally {
      if (own) Object.defineProperty(globalThis, 'fetch', own);
      else Reflect.deleteProperty(globalThis, 'fetch');
    }
  }

  /** The cause of an error of the SDK, whose own errors hold addresses and texts instead. */
  causeOf(error: unknown): unknown {
    if (this.#failure !== undefined) return this.#failure;
    return this.#answered && isUnreadable(error) ? new SyntaxError('the answer cannot be read') : error;
  }

  /** Cancels the body, which the SDK would read to its end even if the consumer has left. */
  close(): void {
    this.#body?.cancel().catch(() => {});
  }

  async #send(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    try {
      const response = await this.#fetch(input, init);
      this.#answered = true;
      if (!this.#streamed || !response.body) return response;
      const { status, headers } = response;
      const body = this.#watched(response.body);
      const isStream = headers.get('content-type')?.startsWith('text/event-stream');
      // The SDK reads events that begin with `data: ` and nothing else.
      return new Response(isStream ? rewrittenEvents(body) : body, { status, headers });
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  #watched(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    this.#body = reader;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          try {
            const { done, value } = await reader.read();
            if (done) controller.close();
            else controller.enqueue(value);
          } catch (error) {
            this.#failure = error;
            controller.error(error);
          }
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }
}

/** Whether the SDK failed at the form of an answer; a `TypeError` with a cause is one of the network. */
function isUnreadable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return UNREADABLE.test(error.message) || (error instanceof TypeError && error.cause === undefined);
}
