import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { abortReasonOf, type CallOptions, type Provider } from '../contract/index.js';
import { CANARIES } from './canaries.js';
import { ANSWER, collect, REQUEST, SHORT_MS, type Suite } from './suite.js';

const ABORTED = { kind: 'aborted', retriable: false };
const SCHEMA = { jsonSchema: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] } };

/** Every call that a service answers. */
const CALLS: Record<string, (provider: Provider, options: CallOptions) => Promise<unknown>> = {
  generate: (provider, options) => provider.generate(REQUEST, options),
  stream: (provider, options) => collect(provider.stream(REQUEST, options)),
  generateStructured: (provider, options) =>
    provider.generateStructured({ ...REQUEST, schema: SCHEMA }, options),
  listModels: (provider, options) => provider.listModels(options),
  healthCheck: (provider, options) => provider.healthCheck(options),
};

/** A caller who gives up. */
export function abortCases(suite: Suite): void {
  const { wire } = suite;

  describe('a signal', () => {
    test.each(Object.entries(CALLS))('that fired before %s sends nothing', async (_, call) => {
      const stage = await suite.stage();
      const signal = AbortSignal.abort(new Error(CANARIES.prompt));
      expect(await suite.rejection(stage, call(stage.provider, { signal }))).toMatchObject(ABORTED);
      await suite.expectRequests(stage, 0);
    });

    test.each(Object.entries(CALLS))('that fires during %s gives the request up', async (_, call) => {
      const stage = await suite.stage({ headersAfterMs: 'never' });
      const { signal } = suite.abortAfter(stage, SHORT_MS);
      expect(await suite.rejection(stage, call(stage.provider, { signal }))).toMatchObject(ABORTED);
      await suite.expectRequests(stage, 1);
      expect(stage.player.exchanges[0]?.end).toBe('given up');
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    test('that fires in the body gives the request up', async () => {
      const stage = await suite.stage({ ...wire.answer(ANSWER), ending: 'stall' });
      const { signal } = suite.abortAfter(stage, SHORT_MS);
      const error = await suite.rejection(stage, stage.provider.generate(REQUEST, { signal }));
      expect(error).toMatchObject(ABORTED);
      expect(abortReasonOf(error)).toBe(signal.reason);
      await suite.expectRequests(stage, 1);
    });

    test('that fires afterwards changes nothing and keeps no listener', async () => {
      const stage = await suite.stage(wire.answer(ANSWER), wire.stream(ANSWER));
      const caller = new AbortController();
      const { signal } = caller;
      await suite.settle(stage, stage.provider.generate(REQUEST, { signal }));
      await suite.settle(stage, collect(stage.provider.stream(REQUEST, { signal })));
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      caller.abort();
      await suite.expectRequests(stage, 2);
    });

    test('may be shared by many calls at once, without a warning', async () => {
      const warned = vi.fn();
      process.on('warning', warned);
      const stage = await suite.stageFor(() => wire.answer(ANSWER));
      const { signal } = new AbortController();
      const calls = Array.from({ length: 50 }, () => stage.provider.generate(REQUEST, { signal }));
      await suite.settle(stage, Promise.all(calls));
      process.off('warning', warned);
      expect(warned).not.toHaveBeenCalled();
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });
  });
}
