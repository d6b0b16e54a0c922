import { toLlmError } from '../contract/index.js';
import { boundedAnswer } from './bounded-answer.js';
import type { ExchangeInit } from './exchange.js';
import { CarriedFailure } from './failures/carried-failure.js';
import { readFailure } from './failures/read-failure.js';
import { untimedDispatcher } from './untimed-dispatcher.js';
import { urlAndInit } from './url-and-init.js';

/** Options of `guardedFetch`. */
export interface GuardedFetchOptions {
  /** Name of the provider, for errors. */
  readonly provider: string;
  /** The base URL; requests to any other origin are refused. */
  readonly baseURL: string;
  /** Sends the requests; always called with a URL and options. @default the global `fetch` of the moment */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * A fetch for an SDK: it sends to the origin of the base URL only, follows no redirect, and reads at most
 * `MOST_ANSWER_BYTES`. An answer other than success is thrown as a `CarriedFailure`, so that `explainFailure` alone judges it.
 */
export function guardedFetch({ provider, baseURL, fetch }: GuardedFetchOptions): typeof globalThis.fetch {
  const below = `${new URL(baseURL).origin}/`;
  return async (input, init) => {
    const [url, { exchange, ...given } = {} as ExchangeInit] = await urlAndInit(input, init);
    if (!url.startsWith(below)) throw foreign(provider);
    const options: RequestInit = { ...given, redirect: 'manual' };
    let response: Response;
    try {
      const sending = fetch
        ? fetch(url, options)
        : globalThis.fetch(url, { ...options, ...untimedDispatcher() });
      response = await (exchange ? exchange.wait(sending) : sending);
    } catch (error) {
      throw new CarriedFailure({ error });
    }
    if (exchange) exchange.headers = response.headers;
    if (response.ok) return boundedAnswer(response, provider);
    const reading = readFailure(response);
    throw new CarriedFailure({ answer: await (exchange ? exchange.wait(reading) : reading) });
  };
}

function foreign(provider: string) {
  const detail = 'nothing was sent: the address is not below `baseURL`; look for what redirects the SDK';
  return toLlmError('bad_request', { provider, detail, code: 'FOREIGN_ORIGIN' });
}
