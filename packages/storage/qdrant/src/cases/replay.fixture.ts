import { readFileSync } from 'node:fs';
import { type Agent, request } from 'undici';
import { expect } from 'vitest';

/** A request to a real Qdrant 1.19.0, with its answer. */
export interface Exchange {
  readonly note: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: unknown;
  };
}

/** The server that requests are sent to. */
export interface Target {
  readonly origin: string;
  readonly agent: Agent;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Collections in the recorded exchanges. */
export const COLLECTIONS = ['things', 'dots', 'euclid', 'manhattan', 'named', 'stuff', 'nope', 'bad'];

/** Properties that differ between two runs on one server. */
const VOLATILE = new Set(['time', 'operation_id']);
const TOLERANCE = 1e-6;

/** The exchanges of one server, in the order in which they took place. */
export function recorded(name: 'rest' | 'auth'): Exchange[] {
  return readFileSync(new URL(`./recordings/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The same exchange with other names of collections. */
export function renamed(exchange: Exchange, prefix: string): Exchange {
  const names = new RegExp(`(?<=/collections/|\`|_name":")(${COLLECTIONS.join('|')})(?=[/?"\`]|$)`, 'g');
  return JSON.parse(JSON.stringify(exchange).replace(names, `${prefix}$1`));
}

/** Sends the request of an exchange; throws where the answer differs. */
export async function replay(exchange: Exchange, target: Target): Promise<void> {
  const answer = await send(exchange.request, target);
  const { response } = exchange;
  expect(answer.status).toBe(response.status);
  expect(answer.type).toBe(response.headers['content-type']);
  expect(comparable(answer.body)).toEqual(comparable(response.body));
  expectSameRanking(answer.body, response.body);
}

async function send({ method, path, headers, body }: Exchange['request'], target: Target) {
  const response = await request(`${target.origin}${path}`, {
    method: method as 'GET',
    dispatcher: target.agent,
    headers: {
      ...(body !== null && { 'content-type': 'application/json' }),
      ...target.headers,
      ...headers,
    },
    body: body === null ? null : textOf(body),
  });
  const text = await response.body.text();
  const type = response.headers['content-type'];
  return {
    status: response.statusCode,
    type,
    body: type === 'application/json' ? JSON.parse(text) : text,
  };
}

/** A body that was too long to keep is named by its length. */
function textOf(body: unknown): string {
  if (typeof body !== 'string') return JSON.stringify(body);
  const bytes = /^<(\d+) bytes>$/.exec(body)?.[1];
  return bytes === undefined ? body : 'x'.repeat(Number(bytes));
}

/** A body without what varies; the points of a ranking are compared apart. */
function comparable(body: unknown): unknown {
  if (Array.isArray(body)) return isRanking(body) ? '<ranking>' : body.map(comparable);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body)
      .filter(([key]) => !VOLATILE.has(key))
      .map(([key, value]) => [key, comparable(value)]),
  );
}

interface Scored {
  readonly id: unknown;
  readonly score: number;
}

function isRanking(value: unknown): value is Scored[] {
  return Array.isArray(value) && value.length > 0 && value.every((point) => typeof point?.score === 'number');
}

function rankings(body: unknown): Scored[][] {
  if (isRanking(body)) return [body];
  return typeof body === 'object' && body !== null ? Object.values(body).flatMap(rankings) : [];
}

/** Same scores in the same order, and the same points for each score; which of equals a limit cuts off is open. */
export function expectSameRanking(actual: unknown, expected: unknown): void {
  const pairs = rankings(expected).map((points, index) => [rankings(actual)[index] ?? [], points] as const);
  for (const [ours, theirs] of pairs) {
    expect(ours).toHaveLength(theirs.length);
    const lowest = theirs.at(-1)?.score;
    for (const [index, { score }] of theirs.entries()) {
      expect(Math.abs((ours[index]?.score ?? Number.NaN) - score)).toBeLessThanOrEqual(TOLERANCE);
      const equals = (points: Scored[]) =>
        points.filter((point) => Math.abs(point.score - score) <= TOLERANCE);
      if (score === lowest && equals(theirs).length > 1) continue;
      expect(new Set(equals(ours))).toEqual(new Set(equals(theirs)));
    }
  }
}
