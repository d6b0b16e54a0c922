/** What the global fetch sends its requests through. */
interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

/** Where undici, of which the global fetch is a part, keeps the dispatcher of the process; the newer place first, which Node has from 26 on. */
const PLACES = [2, 1].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));

/** The process' own dispatcher, so its proxies and connections are those in use; but without its limits of time, since a call has a deadline of its own. */
const UNTIMED: Dispatcher = {
  dispatch: (options, handler) =>
    globalDispatcher()?.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler) ?? false,
};

/** The option of the global fetch which lifts the 300 seconds that it waits for a status or for a piece of a body. */
export function untimedDispatcher(): object {
  return globalDispatcher() ? { dispatcher: UNTIMED } : {};
}

function globalDispatcher(): Dispatcher | undefined {
  // Node loads undici, which sets it, with the first of its classes that is asked for.
  if (!PLACES.some((place) => place in globalThis)) void globalThis.Headers;
  const place = PLACES.find((one) => one in globalThis);
  return place && (globalThis as { [place: symbol]: Dispatcher | undefined })[place];
}
