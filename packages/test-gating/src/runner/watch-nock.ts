import { AsyncLocalStorage } from 'node:async_hooks';
import { errorMonitor } from 'node:events';
import Module from 'node:module';

/** Says what was refused: method and address of a request. */
export type OnRefused = (request: string) => void;

interface RequestOptions {
  readonly method?: string;
  readonly proto?: string;
  readonly host?: string;
  readonly hostname?: string;
  readonly path?: string;
}

interface NockRequest {
  prependOnceListener(event: symbol, listener: (error: { code?: string }) => void): unknown;
}

/** The parts of nock that say what it refuses. */
export interface Nock {
  readonly emitter: { on(event: 'no match', listener: (...values: unknown[]) => void): unknown };
  enableNetConnect(matcher?: unknown): unknown;
  disableNetConnect(): unknown;
}

type Load = (request: string, ...rest: unknown[]) => unknown;
type LoadingModule = { _load: Load };

const NOCK = /(?:^|[\\/]node_modules[\\/])nock(?:[\\/]index\.js)?$/;
const HANDLER = Symbol.for('drydock.nock');
type Host = typeof process & { [HANDLER]?: OnRefused };

/** Watches nock from the moment at which a test or a setup file loads it; a later call takes over from the first. */
export function watchNock(onRefused: OnRefused): void {
  const host: Host = process;
  const isWatching = host[HANDLER] !== undefined;
  Object.defineProperty(host, HANDLER, { value: onRefused, configurable: true, enumerable: false });
  if (isWatching) return;
  const watched = new WeakSet<object>();
  const loader = Module as unknown as LoadingModule;
  const load = loader._load;
  loader._load = function (this: unknown, request, ...rest) {
    const exported = load.call(this, request, ...rest);
    if (NOCK.test(request) && isNock(exported) && !watched.has(exported)) {
      watched.add(exported);
      listenToNock(exported, (refused) => host[HANDLER]?.(refused));
    }
    return exported;
  };
}

/**
 * Tells of the requests that nock refuses. Its event comes for those too that it lets through to the network, where the
 * guard decides; which ones, only the calls of `enableNetConnect` and `disableNetConnect` say.
 */
export function listenToNock(nock: Nock, onRefused: OnRefused): void {
  let isAllowed: (host: string) => boolean = () => true;
  const { enableNetConnect, disableNetConnect } = nock;
  nock.enableNetConnect = (matcher) => {
    isAllowed = matcherOf(matcher);
    return enableNetConnect(matcher);
  };
  nock.disableNetConnect = () => {
    isAllowed = () => false;
    return disableNetConnect();
  };
  nock.emitter.on('no match', (first, options) => {
    if (options === undefined) {
      const request = first as RequestOptions;
      if (!hasListeners(first) && !isAllowed(request.host ?? request.hostname ?? ''))
        onRefused(nameOf(request));
      return;
    }
    // The error comes later, when the test may have ended; the refusal is that of the test which runs now.
    const refuse = AsyncLocalStorage.bind(() => onRefused(nameOf(options as RequestOptions)));
    (first as NockRequest).prependOnceListener(errorMonitor, ({ code }) => {
      if (code === 'ERR_NOCK_NO_MATCH') refuse();
    });
  });
}

function isNock(value: unknown): value is Nock {
  return typeof value === 'function' && 'emitter' in value && 'disableNetConnect' in value;
}

function hasListeners(value: unknown): boolean {
  return typeof (value as Partial<NockRequest>).prependOnceListener === 'function';
}

function matcherOf(matcher: unknown): (host: string) => boolean {
  if (typeof matcher === 'function') return (host) => Boolean(matcher(host));
  if (matcher instanceof RegExp) return (host) => matcher.test(host);
  return typeof matcher === 'string' ? (host) => new RegExp(matcher).test(host) : () => true;
}

function nameOf({ method = 'GET', proto = 'http', host, hostname = '', path = '/' }: RequestOptions): string {
  return `${method} ${proto}://${host ?? hostname}${path.split('?')[0]}`;
}
