import type { WireAnswer } from './answer.js';
import { fetchFailed } from './network-errors.js';

const REDIRECTS = [301, 302, 303, 307, 308];
const BODY_HEADERS = [
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
  'content-length',
];
const OF_ONE_ORIGIN = ['authorization', 'proxy-authorization', 'cookie', 'host'];

/** Whether the client follows the answer as a redirect. */
export function followsRedirect(request: Request, { status = 200, headers }: WireAnswer): boolean {
  return REDIRECTS.includes(status) && new Headers(headers).has('location') && request.redirect !== 'manual';
}

/**
 * The request that follows a redirect, by the rules of the Fetch standard.
 *
 * @throws TypeError when the request allows no redirect.
 */
export function redirectedRequest(
  request: Request,
  { status = 200, headers }: WireAnswer,
  body: string,
): Request {
  if (request.redirect === 'error') throw fetchFailed(new Error('unexpected redirect'));
  const to = new URL(new Headers(headers).get('location') ?? '', request.url);
  const kept = new Headers(request.headers);
  const asGet = losesBody(request.method, status);
  if (asGet) for (const name of BODY_HEADERS) kept.delete(name);
  if (to.origin !== new URL(request.url).origin) for (const name of OF_ONE_ORIGIN) kept.delete(name);
  return new Request(to, {
    method: asGet ? 'GET' : request.method,
    headers: kept,
    body: asGet || body === '' ? null : body,
  });
}

function losesBody(method: string, status: number): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}
