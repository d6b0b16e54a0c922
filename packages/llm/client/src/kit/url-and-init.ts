import type { ExchangeInit } from './exchange.js';

/**
 * A request as a URL and options, which every fetch understands: that of another library, such as undici's with its proxies,
 * takes a `Request` of this process for no request.
 */
export async function urlAndInit(
  input: Parameters<typeof globalThis.fetch>[0],
  init?: ExchangeInit,
): Promise<readonly [url: string, init: ExchangeInit | undefined]> {
  if (!(input instanceof Request)) return [String(input), init];
  const { url, method, headers, signal } = input;
  const body = input.body ? await input.text() : undefined;
  const own = { method, headers: Object.fromEntries(headers), ...(body !== undefined && { body }), signal };
  return [url, { ...own, ...init }];
}
