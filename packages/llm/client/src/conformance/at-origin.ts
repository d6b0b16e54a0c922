/** A fetch that sends to another server what is meant for the service's own address, so that a provider takes it for the service. */
export function atOrigin(fetch: typeof globalThis.fetch, origin: string): typeof globalThis.fetch {
  return (input, init) => {
    const { pathname, search } = new URL(String(input));
    return fetch(origin + pathname + search, init);
  };
}
