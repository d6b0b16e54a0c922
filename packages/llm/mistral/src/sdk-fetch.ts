import { guardedFetch, urlAndInit } from '@drydock/llm/provider-kit';
import { completedAnswer, completedEvent, withUsageAsked } from './compatible.js';
import { watchedEvents } from './event-stream.js';

/** Options of `sdkFetch`. */
export interface SdkFetchOptions {
  readonly baseURL: string;
  /** Whether the server is another one than Mistral's own. */
  readonly compatible: boolean;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal: AbortSignal;
}

/** A fetch for the SDK that sends with the call's signal, which the SDK's copies of a request may lose. */
export function sdkFetch({ baseURL, compatible, fetch, signal }: SdkFetchOptions): typeof globalThis.fetch {
  const send = guardedFetch({ provider: 'mistral', baseURL, fetch });
  return async (input, init) => {
    const [url, given] = await urlAndInit(input, init);
    const { body: text } = given ?? {};
    const asked = compatible && typeof text === 'string' ? { body: withUsageAsked(text) } : {};
    const response = await send(url, { ...given, ...asked, signal });
    const { status, headers, body } = response;
    if (!body) return response;
    if (headers.get('content-type')?.startsWith('text/event-stream'))
      return new Response(watchedEvents(body, compatible ? completedEvent : same), { status, headers });
    return compatible ? completedAnswer(response) : response;
  };
}

function same(event: string): string {
  return event;
}
