import { type Exchange, type ExchangeInit, guardedFetch, urlAndInit } from '@drydock/llm/provider-kit';
import { withUsageAsked } from './compatible.js';

/** Options of `sdkFetch`. */
export interface SdkFetchOptions {
  readonly baseURL: string;
  /** Whether the server is another one than Mistral's own. */
  readonly compatible: boolean;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal: AbortSignal;
  readonly exchange: Exchange;
}

/** A fetch for the SDK that sends with the call's signal, which the SDK's copies of a request may lose. */
export function sdkFetch({
  baseURL,
  compatible,
  fetch,
  signal,
  exchange,
}: SdkFetchOptions): typeof globalThis.fetch {
  const send = guardedFetch({ provider: 'mistral', baseURL, fetch });
  return async (input, init) => {
    const [url, given] = await urlAndInit(input, init);
    const { body: text } = given ?? {};
    const asked = compatible && typeof text === 'string' ? { body: withUsageAsked(text) } : {};
    const sent: ExchangeInit = { ...given, ...asked, signal, exchange };
    return send(url, sent);
  };
}
