import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer } from '@drydock/storage/testing';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Sends an answer, with gzip where the client accepts it. */
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
