import { describe, expect, test } from 'vitest';
import { CANARIES, expectSilent } from './canaries.js';
import { refusal } from './refusals.js';
import { SHORT_MS, type Suite } from './suite.js';

/** What is asked of a service without spending anything. */
export function healthCases(suite: Suite): void {
  const { wire } = suite;
  const ids = ['model-a', 'model-b'];

  describe('the models', () => {
    test('are listed', async () => {
      const stage = await suite.stage(wire.models(ids));
      const models = await suite.settle(stage, stage.provider.listModels());
      expect(models.map(({ id }) => id)).toEqual(ids);
      await suite.expectRequests(stage, 1);
    });

    test.each(['null', '{}', '[1]', '{'])('are not a list when they come as %s', async (text) => {
      const stage = await suite.stage({ headers: { 'content-type': 'application/json' }, chunks: [text] });
      const error = await suite.rejection(stage, stage.provider.listModels());
      expect(error.kind).toBe('invalid_output');
    });
  });

  describe('a health check', () => {
    test('is one GET, with the key, that spends nothing', async () => {
      const stage = await suite.stage(wire.models(ids));
      const report = await suite.settle(stage, stage.provider.healthCheck());
      expect(report).toEqual({ healthy: true, latencyMs: expect.any(Number) });
      const { method, headers, body } = stage.player.exchanges[0]?.request ?? { headers: {} };
      expect([method, body]).toEqual(['GET', '']);
      expect(Object.values(headers).join()).toContain(CANARIES.key);
      await suite.expectRequests(stage, 1);
    });

    test.each(wire.errors.map((one) => [one.status, one.code ?? 'without a code', one] as const))(
      'reports a refusal, %i %s',
      async (_, __, one) => {
        const stage = await suite.stage(refusal(one));
        const report = await suite.settle(stage, stage.provider.healthCheck());
        expect(report).toMatchObject({ healthy: false, reason: expect.any(String) });
        expectSilent(report);
      },
    );

    test('reports a service that does not answer', async () => {
      const stage = await suite.stage({ headersAfterMs: 'never' });
      const report = await suite.settle(stage, stage.provider.healthCheck({ timeoutMs: SHORT_MS }));
      expect(report).toMatchObject({ healthy: false, reason: expect.stringContaining('ms') });
      expect(report.latencyMs).toBeGreaterThanOrEqual(SHORT_MS * 0.9);
      await suite.expectRequests(stage, 1);
    });

    test('reports a service that cannot be reached', async () => {
      const stage = await suite.stage({ ending: 'reset before headers' });
      const report = await suite.settle(stage, stage.provider.healthCheck());
      expect(report).toMatchObject({ healthy: false, reason: expect.any(String) });
    });
  });
}
