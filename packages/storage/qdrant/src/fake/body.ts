import type { IncomingMessage } from 'node:http';
import { badForm, Refusal } from './refusal.js';

const LIMIT_BYTES = 32 * 1024 * 1024;
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud(?:[89ab][0-9a-f]{2}(?!\\ud[c-f])|[c-f])/i;
const PAIRS = /\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}/gi;
const UNFINISHED: Readonly<Record<string, string>> = { '[': 'a list', '{': 'an object', '"': 'a string' };

/** The text of a request's body; throws for one that is larger than the server accepts. */
export function textOf(request: IncomingMessage, body: Buffer): string {
  const size = Number(request.headers['content-length'] ?? 0);
  if (size > LIMIT_BYTES) {
    throw new Refusal(
      400,
      `JSON payload (${size} bytes) is larger than allowed (limit: ${LIMIT_BYTES} bytes).`,
    );
  }
  return body.toString();
}

/** The object in a body. */
export function parseBody(text: string): Record<string, unknown> {
  if (text.includes('\\u') && LONE_SURROGATE.test(text.replace(PAIRS, ''))) {
    throw badForm('lone leading surrogate in hex escape', text.length);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw syntaxError(text);
  }
}

/** The server's message for a text that ends too early; any other text is wrong from its start. */
function syntaxError(text: string): Refusal {
  const open: string[] = [];
  for (const [token] of text.matchAll(/\\.|["[\]{}]/g)) {
    const inString = open.at(-1) === '"';
    if (token === '"') inString ? open.pop() : open.push(token);
    else if (!inString && (token === '[' || token === '{')) open.push(token);
    else if (!inString && (token === ']' || token === '}')) open.pop();
  }
  const innermost = open.at(-1);
  if (innermost !== undefined)
    return badForm(`EOF while parsing ${UNFINISHED[innermost]}`, Buffer.byteLength(text));
  return text === '' ? badForm('EOF while parsing a value', 0) : badForm('expected value', 1);
}
