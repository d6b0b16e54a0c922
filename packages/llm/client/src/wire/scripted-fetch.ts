import { type Clock, sleep, systemClock } from '@drydock/resilience';
import { aborted } from './aborted.js';
import type { WireAnswer, WireScript } from './answer.js';
import type { Exchange } from './exchange.js';
import { Exchanges } from './exchanges.js';
import { closedByOther, fetchFailed, resetByOther } from './network-errors.js';
import type { WirePlayer } from './player.js';
import { followsRedirect, redirectedRequest } from './redirects.js';
import { scriptedBody } from './scripted-body.js';

/** Options of `scriptedFetch`. */
export interface ScriptedFetchOptions {
  /** Time of pauses. @default the process' monotonic clock */
  readonly clock?: Clock | undefined;
  /** Base URL for clients; requests to any other URL are answered too. @default 'https://provider.test' */
  readonly origin?: string | undefined;
}

const NEVER = new AbortController().signal;
const MOST_REDIRECTS = 20;
/** Statuses whose responses have no body. */
const WITHOUT_BODY = [204, 205, 304];

/**
 * Plays a script inside this process: no socket, no time but the clock's.
 *
 * It behaves as Node's own fetch does before a server that plays the same script: signals, redirects and errors too.
 */
export function scriptedFetch(script: WireScript, options: ScriptedFetchOptions = {}): WirePlayer {
  const { clock = systemClock, origin = 'https://provider.test' } = options;
  const exchanges = new Exchanges(script);
  const closing = new AbortController();

  const send = async (request: Request, signal: AbortSignal, redirects = 0): Promise<Response> => {
    signal.throwIfAborted();
    const body = await request.clone().text();
    signal.throwIfAborted();
    const exchange = exchanges.open({ ...headOf(request), body }, clock.now());
    await headersOf(exchange, signal, clock);
    if (!followsRedirect(request, exchange.answer))
      return respond(exchange, request.url, { signal, clock, redirected: redirects > 0 });
    exchange.finish('played');
    const next = redirectedRequest(request, exchange.answer, body);
    if (redirects === MOST_REDIRECTS) throw fetchFailed(new Error('redirect count exceeded'));
    return send(next, signal, redirects + 1);
  };

  return {
    origin,
    exchanges: exchanges.all,
    fetch: (input, init) => {
      // A request's own signal is a follower, which Node may forget.
      const own = init?.signal ?? (input instanceof Request ? input.signal : NEVER);
      return send(new Request(input, init), AbortSignal.any([own, closing.signal]));
    },
    close: async () => {
      closing.abort(closedByOther());
      exchanges.close();
    },
  };
}

function headOf({ method, url, headers }: Request) {
  const { pathname, search } = new URL(url);
  return { method, path: pathname + search, headers: Object.fromEntries(headers) };
}

async function headersOf(exchange: Exchange, signal: AbortSignal, clock: Clock): Promise<void> {
  const { headersAfterMs = 0, ending } = exchange.answer;
  try {
    if (headersAfterMs === 'never') await aborted(signal);
    else if (headersAfterMs > 0) await sleep(headersAfterMs, signal, clock);
    signal.throwIfAborted();
  } catch (reason) {
    exchange.finish('given up');
    throw reason;
  }
  if (ending !== 'reset before headers') return;
  exchange.finish('played');
  throw fetchFailed(resetByOther());
}

function respond(
  exchange: Exchange,
  url: string,
  context: { signal: AbortSignal; clock: Clock; redirected: boolean },
): Response {
  const { status = 200, headers, encoding } = exchange.answer;
  const empty = WITHOUT_BODY.includes(status);
  if (empty) exchange.finish('played');
  const response = new Response(empty ? null : scriptedBody(exchange, context), {
    status,
    headers: { ...headers, ...encodingHeader(encoding) },
  });
  Object.defineProperties(response.headers, IMMUTABLE);
  return Object.defineProperties(response, {
    url: { value: url },
    redirected: { value: context.redirected },
  });
}

function refuse(): never {
  throw new TypeError('immutable');
}

/** Headers of a fetched response cannot be changed. */
const IMMUTABLE = { append: { value: refuse }, delete: { value: refuse }, set: { value: refuse } };

/** As Node's fetch does, the header stays though the body is decoded. */
function encodingHeader(encoding: WireAnswer['encoding']): Record<string, string> {
  return encoding === undefined ? {} : { 'content-encoding': encoding };
}
