import { toLlmError } from '../contract/index.js';
import { boundedAnswer } from './bounded-answer.js';
import { CarriedFailure } from './failures/carried-failure.js';
import { readFailure } from './failures/read-failure.js';

/** What may be sent where. */
export interface GuardedFetchOptions {
  /** Name of the provider, for errors. */
  readonly provider: string;
  /** The base URL; requests to any other origin are refused. */
  readonly baseURL: string;
  /** Sends the requests. @default the global `fetch` of the moment */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * A fetch to hand to an SDK: no key leaves for another origin, no redirect is followed, no answer is larger than
 * `MOST_ANSWER_BYTES`, and whatever is no success passes the SDK unseen, so that one place judges it.
 */
export function guardedFetch({ provider, baseURL, fetch }: GuardedFetchOptions): typeof globalThis.fetch {
  const below = `${new URL(baseURL).origin}/`;
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(below)) throw foreign(provider);
    const send = fetch ?? globalThis.fetch;
    let response: Response;
    try {
      response = await send(input, { ...init, redirect: 'manual' });
    } catch (error) {
      throw new CarriedFailure({ error });
    }
    if (response.ok) return boundedAnswer(response, provider);
    throw new CarriedFailure({ answer: await readFailure(response) });
  };
}

function foreign(provider: string) {
  const detail = 'nothing was sent: the address is not below `baseURL`; look for what redirects the SDK';
  return toLlmError('bad_request', { provider, detail, code: 'FOREIGN_ORIGIN' });
}
