import type { OnRefused } from './watch-nock.js';

/** Under this name the module that stands for `msw/node` finds what watches a server of msw. */
export const WATCH_MSW = Symbol.for('drydock.msw');

interface Options {
  readonly onUnhandledRequest?: unknown;
}

type Listener = (event: { readonly request: Request }) => void;

/** The parts of a server of msw that say what it refuses. */
export interface MswServer {
  readonly events: {
    on(event: 'request:unhandled', listener: Listener): unknown;
    removeAllListeners(event?: string): unknown;
  };
  listen(options?: Options): unknown;
}

/** Lets the servers that msw sets up from now on tell of the requests that they refuse. */
export function watchMsw(onRefused: OnRefused): void {
  Object.defineProperty(globalThis, WATCH_MSW, {
    value: (server: MswServer) => listenToMsw(server, onRefused),
    configurable: true,
    enumerable: false,
  });
}

/**
 * Tells of each request that a server of msw refuses, by its life-cycle events. By any strategy but `error` it lets the
 * request through to the network, where the guard decides.
 */
export function listenToMsw<S extends MswServer>(server: S, onRefused: OnRefused): S {
  const listen = server.listen.bind(server);
  let strategy: unknown;
  const tell: Listener = ({ request }) => {
    if (strategy === 'error') onRefused(nameOf(request));
  };
  server.listen = (options) => {
    strategy = options?.onUnhandledRequest;
    return listen(options);
  };
  const { events } = server;
  events.on('request:unhandled', tell);
  const removeAll = events.removeAllListeners.bind(events);
  // Many suites remove their own listeners after each test.
  events.removeAllListeners = (event) => {
    const result = removeAll(event);
    if (event === undefined || event === 'request:unhandled') events.on('request:unhandled', tell);
    return result;
  };
  return server;
}

function nameOf({ method, url }: Request): string {
  const { origin, pathname } = new URL(url);
  return `${method} ${origin}${pathname}`;
}
