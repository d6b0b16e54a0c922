import { describe, expect, test } from 'vitest';
import type { CallOptions, EmbedResult } from '../contract/index.js';
import { CANARIES } from './canaries.js';
import { refusal } from './refusals.js';
import type { DocumentedError } from './subject.js';
import { REQUEST, SHORT_MS, type Stage, type Suite } from './suite.js';

const VECTORS = [
  [0.25, -0.5, 1],
  [1, 0, 0.125],
];
const TEXTS = [`one ${CANARIES.prompt}`, 'two'];

/** Cases of the calls that some services offer and others do not. */
export function optionalCallCases(suite: Suite): void {
  const { embeddings, tokenCount, errors } = suite.wire;
  const { embed, countTokens } = suite.subject.capabilities;

  test('what is offered is there, and nothing else', async () => {
    const { provider } = await suite.stage();
    expect([provider.embed !== undefined, provider.countTokens !== undefined]).toEqual([embed, countTokens]);
    expect([embeddings !== undefined, tokenCount !== undefined]).toEqual([embed, countTokens]);
  });

  if (embeddings)
    describe('embeddings', () => {
      const ask = ({ provider }: Stage, options?: CallOptions) =>
        provider.embed?.({ texts: TEXTS }, options) as Promise<EmbedResult>;

      test('are one vector a text, in their order, with what they cost', async () => {
        const stage = await suite.stage(embeddings(VECTORS));
        const result = await suite.settle(stage, ask(stage));
        expect(result.vectors).toEqual(VECTORS);
        expect(result.usage.outputTokens).toBe(0);
        expect(stage.player.exchanges[0]?.request.body).toContain(CANARIES.prompt);
        await suite.expectRequests(stage, 1);
      });

      test('that are too few are a failure', async () => {
        const stage = await suite.stage(embeddings(VECTORS.slice(1)));
        expect(await suite.rejection(stage, ask(stage))).toMatchObject({ kind: 'invalid_output' });
      });

      test('that are refused are a failure', async () => {
        const stage = await suite.stage(refusal(errors[0] as DocumentedError));
        expect(await suite.rejection(stage, ask(stage))).toMatchObject({ kind: errors[0]?.kind });
      });

      test('have a deadline', async () => {
        const stage = await suite.stage({ ...embeddings(VECTORS), ending: 'stall' });
        const error = await suite.rejection(stage, ask(stage, { timeoutMs: SHORT_MS }));
        expect(error).toMatchObject({ kind: 'timeout' });
        await suite.expectRequests(stage, 1);
      });

      test('can be given up', async () => {
        const stage = await suite.stage({ headersAfterMs: 'never' });
        const { signal } = suite.abortAfter(stage, SHORT_MS);
        expect(await suite.rejection(stage, ask(stage, { signal }))).toMatchObject({ kind: 'aborted' });
        await suite.expectRequests(stage, 1);
      });
    });

  if (tokenCount)
    describe('a count of tokens', () => {
      const ask = ({ provider }: Stage, options?: CallOptions) =>
        provider.countTokens?.(REQUEST, options) as Promise<number>;

      test('is a number', async () => {
        const stage = await suite.stage(tokenCount(42));
        expect(await suite.settle(stage, ask(stage))).toBe(42);
        await suite.expectRequests(stage, 1);
      });

      test('has a deadline', async () => {
        const stage = await suite.stage({ headersAfterMs: 'never' });
        const error = await suite.rejection(stage, ask(stage, { timeoutMs: SHORT_MS }));
        expect(error).toMatchObject({ kind: 'timeout' });
      });
    });
}
