import { describe, expect, test } from 'vitest';
import type { WireAnswer } from '../wire/index.js';
import { inPieces } from '../wire/index.js';
import { ANSWER, REQUEST, SHORT_MS, type Suite } from './suite.js';

const TIMEOUT = { kind: 'timeout', retriable: true, code: 'DEADLINE' };

/** A service that is too slow. */
export function deadlineCases(suite: Suite): void {
  const { wire } = suite;
  const stalled: [string, WireAnswer][] = [
    ['a status that never comes', { headersAfterMs: 'never' }],
    ['a body that never comes', { ...wire.answer(ANSWER), chunks: [], ending: 'stall' }],
    ['a body that falls silent', { ...inPieces(wire.answer(ANSWER), 40), ending: 'stall' }],
    ['a body that drips too slowly', { ...inPieces(wire.answer(ANSWER), 20), chunkEveryMs: 250 }],
    ['a refusal whose body never comes', { status: 500, chunks: [], ending: 'stall' }],
    ['a late status', { ...wire.answer(ANSWER), headersAfterMs: 60_000 }],
  ];

  describe('the deadline ends', () => {
    test.each(stalled)('%s', async (_, answer) => {
      const stage = await suite.stage(answer);
      const call = stage.provider.generate(REQUEST, { timeoutMs: SHORT_MS });
      expect(await suite.rejection(stage, call)).toMatchObject(TIMEOUT);
      if (suite.virtual) expect(stage.clock.now()).toBe(SHORT_MS);
      await suite.expectRequests(stage, 1);
      expect(stage.player.exchanges[0]?.end).toBe('given up');
    });

    test('a structured answer', async () => {
      const stage = await suite.stage({ headersAfterMs: 'never' });
      const schema = { jsonSchema: { type: 'object', properties: { a: { type: 'string' } } } };
      const call = stage.provider.generateStructured({ ...REQUEST, schema }, { timeoutMs: SHORT_MS });
      expect(await suite.rejection(stage, call)).toMatchObject(TIMEOUT);
      await suite.expectRequests(stage, 1);
    });

    test('the check of a structured answer', async () => {
      const stage = await suite.stage(wire.answer({ ...ANSWER, texts: ['{}'] }));
      const never = { version: 1, vendor: 'test', validate: () => new Promise<never>(() => {}) } as const;
      const schema = { jsonSchema: { type: 'object', properties: {} }, validate: { '~standard': never } };
      const call = stage.provider.generateStructured({ ...REQUEST, schema }, { timeoutMs: SHORT_MS });
      expect(await suite.rejection(stage, call)).toMatchObject(TIMEOUT);
    });

    test.skipIf(suite.virtual)('a check that keeps the process busy', async () => {
      const stage = await suite.stage(wire.answer({ ...ANSWER, texts: ['{}'] }));
      const validate = (): never => {
        for (;;);
      };
      const busy = { version: 1, vendor: 'test', validate } as const;
      const schema = { jsonSchema: { type: 'object', properties: {} }, validate: { '~standard': busy } };
      const call = stage.provider.generateStructured({ ...REQUEST, schema }, { timeoutMs: SHORT_MS });
      expect(await suite.rejection(stage, call)).toMatchObject(TIMEOUT);
    });

    test('a list of models', async () => {
      const stage = await suite.stage({ headersAfterMs: 'never' });
      const call = stage.provider.listModels({ timeoutMs: SHORT_MS });
      expect(await suite.rejection(stage, call)).toMatchObject(TIMEOUT);
      await suite.expectRequests(stage, 1);
    });

    test('no call that is in time', async () => {
      const stage = await suite.stage({ ...wire.answer(ANSWER), headersAfterMs: 20 });
      await suite.settle(stage, stage.provider.generate(REQUEST, { timeoutMs: 60_000 }));
      await suite.expectRequests(stage, 1);
      expect(stage.player.exchanges[0]?.end).toBe('played');
    });
  });
}
