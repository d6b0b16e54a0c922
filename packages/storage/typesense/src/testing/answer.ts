import type { ServerResponse } from 'node:http';
import { stringify } from './json.js';

/** What goes back to the client. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string; default: an error as the server words them. */
  readonly body?: unknown;
}

/** What the server answers instead of a result. */
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
