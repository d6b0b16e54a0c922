import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { FakeQdrant } from './server.js';

interface Exchange {
  readonly note: string;
  readonly request: { method: string; path: string; headers?: Record<string, string>; body: unknown };
  readonly response: { status: number; headers: Record<string, string>; body: unknown };
}

const recorded = (name: string): Exchange[] =>
  readFileSync(new URL(`./recordings/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Differ from run to run on the server itself. */
const VOLATILE = new Set(['time', 'operation_id']);
const TOLERANCE = 1e-6;

const suites = [
  { name: 'rest', count: 123, server: new FakeQdrant() },
  { name: 'auth', count: 8, server: new FakeQdrant({ apiKey: 'GOOD', readOnlyApiKey: 'READ_ONLY' }) },
];

describe.each(suites)('what a real Qdrant 1.19.0 answered: $name', ({ name, count, server }) => {
  const exchanges = recorded(name);
  const agent = new Agent(server.driver);
  afterAll(() => agent.destroy());

  test('is all there', () => expect(exchanges).toHaveLength(count));

  // In order: each answer depends on what was sent before.
  test.each(exchanges.map((exchange, index) => [index, exchange.note, exchange] as const))(
    'exchange %i, %s',
    async (_index, _note, exchange) => {
      const answer = await send(exchange.request, agent);
      const { response } = exchange;
      expect(answer.status).toBe(response.status);
      expect(answer.type).toBe(response.headers['content-type']);
      expect(comparable(answer.body)).toEqual(comparable(response.body));
      expectSameRanking(answer.body, response.body);
    },
  );
});

test('the comparison sees a wrong score, a wrong id and a wrong order', () => {
  const ranking = (...points: [number, number][]) => ({
    result: { points: points.map(([id, score]) => ({ id, score })) },
  });
  const right = ranking([1, 0.5], [2, 0.25], [3, 0.25], [4, 0.1]);
  const same = (other: unknown) => () => expectSameRanking(other, right);
  expect(same(ranking([1, 0.5], [3, 0.25], [2, 0.25], [4, 0.1]))).not.toThrow();
  expect(same(ranking([1, 0.500002], [2, 0.25], [3, 0.25], [4, 0.1]))).toThrow();
  expect(same(ranking([2, 0.5], [1, 0.25], [3, 0.25], [4, 0.1]))).toThrow();
  expect(same(ranking([1, 0.5], [2, 0.25], [4, 0.1]))).toThrow();
});

async function send({ method, path, headers, body }: Exchange['request'], agent: Agent) {
  const response = await request(`http://memory${path}`, {
    method: method as 'GET',
    dispatcher: agent,
    headers: { ...(body !== null && { 'content-type': 'application/json' }), ...headers },
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
function expectSameRanking(actual: unknown, expected: unknown): void {
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
