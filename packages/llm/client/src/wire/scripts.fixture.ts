import { expect } from 'vitest';
import type { WireScript } from './answer.js';
import { eventStream, inPieces, jsonAnswer, redirectAnswer } from './answers.js';
import type { WirePlayer } from './player.js';

/** What a client sees of an exchange, whoever plays it. */
export interface Observed {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly text?: string;
  readonly error?: string;
  readonly requests: readonly string[];
  readonly ends: readonly string[];
}

/** A script, how it is asked for, and what must come of it. */
export interface Case {
  readonly script: WireScript;
  readonly init?: RequestInit;
  /** Gives up after so many pieces of the body. */
  readonly abortAfter?: number;
  /** Gives up after so many milliseconds without a status. */
  readonly timeoutMs?: number;
  readonly observed: Observed;
}

const asked = 'POST /v1/chat {"q":1} key k';
const whole = { requests: [asked], ends: ['played'] };
const json = { 'content-type': 'application/json' };
const sse = { 'content-type': 'text/event-stream' };
const events = [{ delta: 'à' }, { delta: 'b' }, '[DONE]'];
const eventText = 'data: {"delta":"à"}\n\ndata: {"delta":"b"}\n\ndata: [DONE]\n\n';
const chat = { status: 200, path: '/v1/chat' };

/** One of each thing that a server may do. */
export const CASES: Readonly<Record<string, Case>> = {
  'a JSON answer': {
    script: [jsonAnswer({ a: 1 })],
    observed: { ...chat, headers: json, text: '{"a":1}', ...whole },
  },
  'an error with a huge Retry-After': {
    script: [jsonAnswer({ error: 'slow' }, { status: 429, headers: { 'Retry-After': '86400' } })],
    observed: {
      ...chat,
      status: 429,
      headers: { ...json, 'retry-after': '86400' },
      text: '{"error":"slow"}',
      ...whole,
    },
  },
  'no content': {
    script: [{ status: 204 }],
    observed: { ...chat, status: 204, headers: {}, text: '', ...whole },
  },
  'a stream': {
    script: [eventStream(events)],
    observed: { ...chat, headers: sse, text: eventText, ...whole },
  },
  'a slow drip that tears characters apart': {
    script: [{ ...inPieces(eventStream(events), 7), chunkEveryMs: 1 }],
    observed: { ...chat, headers: sse, text: eventText, ...whole },
  },
  'an error event in a stream': {
    script: [eventStream([{ delta: 'a' }, 'event: error\n{"error":{"message":"down"}}'])],
    observed: {
      ...chat,
      headers: sse,
      text: 'data: {"delta":"a"}\n\ndata: event: error\n{"error":{"message":"down"}}\n\n',
      ...whole,
    },
  },
  'a compressed stream': {
    script: [eventStream(events, { encoding: 'gzip' })],
    observed: { ...chat, headers: { ...sse, 'content-encoding': 'gzip' }, text: eventText, ...whole },
  },
  'a late status': {
    script: [jsonAnswer({}, { headersAfterMs: 5 })],
    observed: { ...chat, headers: json, text: '{}', ...whole },
  },
  'a connection cut within the body': {
    script: [eventStream(['a'], { ending: 'cut' })],
    observed: {
      ...chat,
      headers: sse,
      text: 'data: a\n\n',
      error: 'TypeError: terminated',
      ...whole,
    },
  },
  'a connection reset within the body': {
    script: [eventStream(['a'], { ending: 'reset' })],
    observed: { ...chat, headers: sse, text: 'data: a\n\n', error: 'TypeError: terminated', ...whole },
  },
  'a connection reset before the status': {
    script: [{ ending: 'reset before headers' }],
    observed: { error: 'TypeError: fetch failed / ECONNRESET: read ECONNRESET', ...whole },
  },
  'a redirect that keeps the request': {
    script: [redirectAnswer('/elsewhere?a=1', 308), jsonAnswer({})],
    observed: {
      ...chat,
      path: '/elsewhere?a=1',
      headers: json,
      text: '{}',
      requests: [asked, 'POST /elsewhere?a=1 {"q":1} key k'],
      ends: ['played', 'played'],
    },
  },
  'a redirect that turns the request into a GET': {
    script: [redirectAnswer('/elsewhere', 302), jsonAnswer({})],
    observed: {
      ...chat,
      path: '/elsewhere',
      headers: json,
      text: '{}',
      requests: [asked, 'GET /elsewhere  key k'],
      ends: ['played', 'played'],
    },
  },
  'a redirect that the client looks at itself': {
    script: [redirectAnswer('/elsewhere')],
    init: { redirect: 'manual' },
    observed: { ...chat, status: 307, headers: { location: '/elsewhere' }, text: '', ...whole },
  },
  'a redirect that the client refuses': {
    script: [redirectAnswer('/elsewhere')],
    init: { redirect: 'error' },
    observed: { error: 'TypeError: fetch failed / : unexpected redirect', ...whole },
  },
  'a status that never comes': {
    script: [{ headersAfterMs: 'never' }],
    timeoutMs: 50,
    observed: { error: 'Error: enough', requests: [asked], ends: ['given up'] },
  },
  'a body that falls silent': {
    script: [eventStream(['a'], { ending: 'stall' })],
    abortAfter: 1,
    observed: {
      ...chat,
      headers: sse,
      text: 'data: a\n\n',
      error: 'Error: enough',
      requests: [asked],
      ends: ['given up'],
    },
  },
};

/** Sends the one request of a case and tells what came of it. */
export async function observe(player: WirePlayer, { init, abortAfter, timeoutMs }: Case): Promise<Observed> {
  const giveUp = new AbortController();
  const timer = timeoutMs && setTimeout(() => giveUp.abort(new Error('enough')), timeoutMs);
  let seen: Partial<Observed> = {};
  const decoder = new TextDecoder();
  try {
    const response = await player.fetch(`${player.origin}/v1/chat`, {
      method: 'POST',
      headers: { Authorization: 'k', 'content-type': 'application/json' },
      body: '{"q":1}',
      signal: giveUp.signal,
      ...init,
    });
    const { pathname, search } = new URL(response.url);
    expect(() => response.headers.delete('content-type')).toThrow(new TypeError('immutable'));
    seen = { status: response.status, headers: told(response.headers), path: pathname + search, text: '' };
    let pieces = 0;
    for await (const piece of response.body ?? []) {
      seen = { ...seen, text: seen.text + decoder.decode(piece, { stream: true }) };
      pieces += 1;
      if (pieces === abortAfter) giveUp.abort(new Error('enough'));
    }
  } catch (error) {
    seen = { ...seen, error: describe(error as Error) };
  }
  clearTimeout(timer);
  const requests = player.exchanges.map(({ request: { method, path, body, headers } }) => {
    return `${method} ${path} ${body} key ${headers.authorization}`;
  });
  const ends = await Promise.all(player.exchanges.map(({ ended }) => ended));
  return { ...seen, requests, ends };
}

/** Headers of the answer itself; a connection has others of its own. */
function told(headers: Headers): Record<string, string> {
  const own = ['connection', 'keep-alive', 'transfer-encoding', 'date', 'content-length'];
  return Object.fromEntries([...headers].filter(([name]) => !own.includes(name)));
}

function describe({ name, message, cause }: Error): string {
  // Which of two errors tells of a connection that ends is a matter of moments.
  if (!(cause instanceof Error) || message === 'terminated') return `${name}: ${message}`;
  return `${name}: ${message} / ${'code' in cause ? cause.code : ''}: ${cause.message}`;
}
