import http from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { FakeTypesense } from '../fake/server.js';
import { type Exchange, recorded, renamed, replay, type Target } from './replay.fixture.js';

function targetOf({ config }: FakeTypesense): Target {
  const agent = Object.assign(new http.Agent(), config.driver);
  return { ...config, agent };
}

describe('the fake answers as a real Typesense 0.24.1 did', () => {
  const exchanges = recorded();
  const target = targetOf(new FakeTypesense());
  afterAll(() => target.agent.destroy());

  test('all recorded exchanges are replayed', () => expect(exchanges).toHaveLength(160));

  // The order matters: an answer depends on the requests before it.
  test.each(exchanges.map((exchange, index) => [index, exchange.note, exchange] as const))(
    'exchange %i, %s',
    (_index, _note, exchange) => replay(exchange, target),
  );
});

describe('the comparison', () => {
  const [health] = recorded() as [Exchange];

  test.each<[string, Partial<Exchange['response']>]>([
    ['another status', { status: 201 }],
    ['another type', { type: 'text/plain' }],
    ['another body', { body: '{"ok":false}' }],
  ])('sees %s', async (_, response) => {
    const target = targetOf(new FakeTypesense());
    await replay(health, target);
    const other = { ...health, response: { ...health.response, ...response } };
    await expect(replay(other, target)).rejects.toThrow();
    target.agent.destroy();
  });

  test('works the same over collections of another name', async () => {
    const target = targetOf(new FakeTypesense());
    for (const exchange of recorded()) {
      const other = renamed(exchange, 'mine-');
      expect(JSON.stringify(other)).not.toMatch(/collections\/(things|nope)|`(things|nope)`/);
      await replay(other, target);
    }
    target.agent.destroy();
  });
});
