import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** What goes back to the client. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string; default: an error as the server words them. */
  readonly body?: unknown;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Sends an answer, compressed where the client accepts that. */
export function send(response: ServerResponse, answer: Answer, accepted: unknown): void {
  const { status, headers = {}, body = failure('a planted fault') } = answer;
  const plain = typeof body === 'string';
  const text = plain ? body : JSON.stringify(body);
  const packed = text !== '' && /\bgzip\b/.test(String(accepted ?? ''));
  response.writeHead(status, {
    ...(!plain && JSON_TYPE),
    ...(packed && { 'content-encoding': 'gzip' }),
    ...headers,
  });
  response.end(packed ? gzipSync(text, { level: 1 }) : text);
}

/** The body of an error. */
export function failure(error: string): object {
  return { status: { error }, time: 0 };
}
