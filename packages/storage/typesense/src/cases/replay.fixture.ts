import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { expect } from 'vitest';

/** A request to a real Typesense 0.24.1, with its answer. */
export interface Exchange {
  readonly note: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** Key of the request; default: the one that allows every request. */
    readonly key?: string;
    readonly body: unknown;
  };
  readonly response: { readonly status: number; readonly type: string; readonly body: string };
}

/** The server that requests are sent to. */
export interface Target {
  readonly url: string;
  readonly apiKey: string;
  readonly agent: http.Agent;
}

/** Collections in the recorded exchanges. */
export const COLLECTIONS = ['things', 'nope'];

/** Properties that differ between two runs on one server, or are on a scale that only the server knows. */
const VOLATILE = new Set(['created_at', 'search_time_ms', 'text_match', 'text_match_info']);
const DIGITS = 5;

/** The exchanges in the order in which they took place. */
export function recorded(): Exchange[] {
  return readFileSync(new URL('./recordings/rest.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The same exchange with other names of collections. */
export function renamed(exchange: Exchange, prefix: string): Exchange {
  const names = new RegExp(
    `(?<=/collections/|\`|(?:collection|collection_name|name)\\\\*":\\\\*")(${COLLECTIONS.join('|')})(?=[/?"\`\\\\]|$)`,
    'g',
  );
  return JSON.parse(JSON.stringify(exchange).replace(names, `${prefix}$1`));
}

/** Sends the request of an exchange; throws where the answer differs. */
export async function replay({ request, response }: Exchange, target: Target): Promise<void> {
  const answer = await send(request, target);
  expect(answer.status).toBe(response.status);
  expect(answer.type).toBe(response.type);
  expect(comparable(answer.body)).toEqual(comparable(response.body));
}

function send({ method, path, key, body }: Exchange['request'], { url, apiKey, agent }: Target) {
  return new Promise<Exchange['response']>((resolve, reject) => {
    const headers = { 'x-typesense-api-key': key ?? apiKey };
    const { request } = url.startsWith('https:') ? https : http;
    const sent = request(`${url}${path}`, { method, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        const type = answer.headers['content-type'] ?? '';
        resolve({ status: answer.statusCode ?? 0, type, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.once('error', reject);
    sent.end(body === null ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** A body without what varies, line by line where it has lines. */
function comparable(body: string): unknown {
  return body.split('\n').map((line) => {
    try {
      return stable(JSON.parse(line));
    } catch {
      return line;
    }
  });
}

function stable(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toFixed(DIGITS));
  // The place where the parser stopped is not compared.
  if (typeof value === 'string') return value.replace(/(parse_error\.101\]).*/, '$1');
  if (Array.isArray(value)) return value.map(stable);
  if (typeof value !== 'object' || value === null) return value;
  if ('counts' in value) return { ...value, counts: ranked(value.counts as { value: string }[]) };
  const entries = Object.entries(value).filter(([key]) => !VOLATILE.has(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, stable(inner)]));
}

/** Sorts values that are equally frequent, whose order is open. */
function ranked(counts: readonly { readonly value: string }[]): unknown {
  return counts.toSorted((a, b) => (a.value < b.value ? -1 : 1));
}
