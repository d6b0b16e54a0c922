import type { ServerResponse } from 'node:http';
import type { Answer } from '@drydock/storage/testing';
import { stringify } from './json.js';

/** An error that the server answers a request with. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** Sends an answer. */
export function send(response: ServerResponse, answer: Answer): void {
  const { status, headers = {}, body = { message: 'a planted fault' } } = answer;
  response.writeHead(status, { ...(typeof body !== 'string' && JSON_TYPE), ...headers });
  response.end(typeof body === 'string' ? body : stringify(body));
}
