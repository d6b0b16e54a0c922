import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { FakeQdrant } from '../fake/server.js';
import { expectSameRanking, recorded, renamed, replay } from './replay.fixture.js';

const suites = [
  { name: 'rest', count: 123, server: new FakeQdrant() },
  { name: 'auth', count: 8, server: new FakeQdrant({ apiKey: 'GOOD', readOnlyApiKey: 'READ_ONLY' }) },
] as const;

describe.each(suites)('the fake answers as a real Qdrant 1.19.0 did: $name', ({ name, count, server }) => {
  const exchanges = recorded(name);
  const agent = new Agent(server.driver);
  afterAll(() => agent.destroy());

  test('all recorded exchanges are replayed', () => expect(exchanges).toHaveLength(count));

  // The order matters: an answer depends on the requests before it.
  test.each(exchanges.map((exchange, index) => [index, exchange.note, exchange] as const))(
    'exchange %i, %s',
    (_index, _note, exchange) => replay(exchange, { origin: 'http://memory', agent }),
  );
});

describe('the comparison', () => {
  test('finds a wrong score, a wrong id and a wrong order', () => {
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

  test('works the same over collections of another name', async () => {
    const agent = new Agent(new FakeQdrant().driver);
    const exchanges = recorded('rest').filter(({ note }) => note !== 'too large');
    for (const exchange of exchanges) {
      const other = renamed(exchange, 'mine-');
      expect(JSON.stringify(other)).not.toMatch(/collections\/(things|dots)|`(things|nope)`/);
      await replay(other, { origin: 'http://memory', agent });
    }
    await agent.destroy();
  });
});
