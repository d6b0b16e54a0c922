import { configure } from 'safe-stable-stringify';
import { parseJson } from '../kit/parse-json.js';
import type { RecordedRequest } from './cassette.js';

const stringify = configure({ deterministic: true });

/** Google's key travels in the query; its place is a header, and a cassette holds neither. */
const KEY_PARAMETERS = ['key', 'api_key', 'access_token'];

/** What of a request is recorded and compared. */
export async function canonicalRequest(request: Request): Promise<RecordedRequest> {
  const text = await request.text();
  return {
    method: request.method,
    path: canonicalPath(request.url),
    ...(text !== '' && { body: canonicalBody(text) }),
  };
}

/** One text for requests that mean the same. */
export function keyOf(request: RecordedRequest): string {
  return stringify(request) ?? '';
}

function canonicalPath(url: string): string {
  const { pathname, searchParams } = new URL(url);
  for (const name of KEY_PARAMETERS) searchParams.delete(name);
  searchParams.sort();
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
}

function canonicalBody(text: string): unknown {
  const value = parseJson(text);
  return value === undefined ? text : JSON.parse(stringify(value) as string);
}
