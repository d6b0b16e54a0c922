import { describe, expect, test } from 'vitest';
import { createClient } from '../client/create-client.js';
import type { WireAnswer } from '../wire/index.js';
import { ANSWER, collect, REQUEST, type Suite } from './suite.js';

const HEADERS = {
  'x-ratelimit-limit-requests': '60',
  'x-ratelimit-remaining-requests': '59',
  'x-ratelimit-reset-requests': '1.5s',
  'x-ratelimit-remaining-tokens': '900',
};
const LIMITS = { requests: { limit: 60, remaining: 59, resetMs: 1_500 }, tokens: { remaining: 900 } };

/** What an answer says beside itself: how much is left of the account's limits, and where its time went. */
export function rateLimitCases(suite: Suite): void {
  const { wire } = suite;
  const withHeaders = (answer: WireAnswer): WireAnswer => ({
    ...answer,
    headers: { ...answer.headers, ...HEADERS },
  });

  describe('the limits of the account', () => {
    test('stand beside a whole answer', async () => {
      const stage = await suite.stage(withHeaders(wire.answer(ANSWER)));
      const result = await suite.settle(stage, stage.provider.generate(REQUEST));
      expect(result.rateLimits).toEqual(LIMITS);
    });

    test('stand at the end of a stream', async () => {
      const stage = await suite.stage(withHeaders(wire.stream(ANSWER)));
      const events = await suite.settle(stage, collect(stage.provider.stream(REQUEST)));
      expect(events.at(-1)).toMatchObject({ type: 'finish', rateLimits: LIMITS });
    });

    test('stand in an error', async () => {
      const stage = await suite.stage(withHeaders({ status: 429 }));
      const error = await suite.rejection(stage, stage.provider.generate(REQUEST));
      expect(error).toMatchObject({ kind: 'rate_limit', rateLimits: LIMITS });
    });

    test('are left out where nothing is said', async () => {
      const stage = await suite.stage(wire.answer(ANSWER));
      expect(await suite.settle(stage, stage.provider.generate(REQUEST))).not.toHaveProperty('rateLimits');
    });
  });

  describe.runIf(suite.virtual)('the record of an attempt', () => {
    test.each(['whole', 'streamed', 'refused'])(
      'counts no time of the service as overhead, %s',
      async (how) => {
        const answer = how === 'streamed' ? wire.stream(ANSWER) : wire.answer(ANSWER);
        const slow = {
          ...answer,
          headersAfterMs: 50,
          chunkEveryMs: 10,
          ...(how === 'refused' && { status: 400 }),
        };
        const stage = await suite.stage(slow);
        const client = createClient({ providers: [stage.provider], clock: stage.clock });
        const asking = async () => {
          if (how !== 'streamed') return (await client.generate(REQUEST)).attempts;
          const end = (await collect(client.stream(REQUEST))).at(-1);
          return end?.type === 'finish' ? end.attempts : [];
        };
        const [record] = await suite.settle(
          stage,
          asking().catch(({ attempts }) => attempts),
        );
        expect(record?.durationMs).toBeGreaterThanOrEqual(50);
        expect(record?.overheadMs).toBe(0);
      },
    );

    test('counts no time of who reads a stream', async () => {
      const stage = await suite.stage(wire.stream(ANSWER));
      const client = createClient({ providers: [stage.provider], clock: stage.clock });
      const reading = async () => {
        for await (const event of client.stream(REQUEST)) {
          if (event.type === 'finish') return event.attempts[0];
          await new Promise<void>((resolve) => stage.clock.schedule(resolve, 300));
        }
        return undefined;
      };
      const record = await suite.settle(stage, reading());
      expect(record?.durationMs).toBeGreaterThanOrEqual(300);
      expect(record?.overheadMs).toBe(0);
    });
  });
}
