/** How the SDK words an event that it cannot read; the text of it follows. */
const UNREADABLE = /Error parsing JSON response|Failed to parse stream/;

/** What a `Seam` is made of. */
export interface FetchSwapOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Whether the SDK reads the body piece by piece, and puts errors of its own in the place of those it meets. @default false */
  readonly streamed?: boolean;
}

/**
 * Where one call of the SDK meets the network.
 *
 * The SDK has no option for a fetch. It takes the global one, and does so before it first waits; so the global is
 * another one for the length of a function call in which nothing else can run, and calls cannot get each other's.
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

  /** Starts a call, which has to ask for its fetch at once. */
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

  /** What went wrong: the SDK's own errors hold addresses and texts instead of causes. */
  causeOf(error: unknown): unknown {
    if (this.#failure !== undefined) return this.#failure;
    return this.#answered && isUnreadable(error) ? new SyntaxError('no answer that can be read') : error;
  }

  /** Ends what is still under way: the SDK reads a body to its end, whoever listens. */
  close(): void {
    this.#body?.cancel().catch(() => {});
  }

  async #send(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    try {
      const response = await this.#fetch(input, init);
      this.#answered = true;
      if (!this.#streamed || !response.body) return response;
      const { status, headers } = response;
      return new Response(this.#watched(response.body), { status, headers });
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

/** The SDK stumbles over an answer of another shape; the network's own errors tell their cause. */
function isUnreadable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return UNREADABLE.test(error.message) || (error instanceof TypeError && error.cause === undefined);
}
