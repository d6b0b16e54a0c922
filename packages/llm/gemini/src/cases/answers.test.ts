import type { Provider } from '@drydock/llm';
import { jsonAnswer, scriptedFetch } from '@drydock/llm/wire';
import { expect, test } from 'vitest';
import { createGeminiProvider } from '../provider.js';
import { USAGE_METADATA } from './answers.fixture.js';

const request = { messages: [{ role: 'user', content: 'a prompt of a test' }] } as const;
const YES = { content: { parts: [{ text: 'Yes.' }] }, finishReason: 'STOP' };

function failureOf(
  answer: unknown,
  call: (provider: Provider) => Promise<unknown> | undefined = (provider) => provider.generate(request),
) {
  const { origin: baseURL, fetch } = scriptedFetch([jsonAnswer(answer)]);
  return call(createGeminiProvider({ apiKey: 'a-key', baseURL, fetch }))?.then(
    () => expect.unreachable('it succeeded'),
    (error: unknown) => error,
  );
}

test.each([
  ['parts that are null', [{ ...YES, content: { parts: [null] } }]],
  ['candidates that are not a list', { 0: YES, length: 1 }],
])('%s are a malformed answer', async (_, candidates) => {
  const error = await failureOf({ candidates, usageMetadata: USAGE_METADATA });
  expect(error).toMatchObject({ kind: 'invalid_output', code: 'MALFORMED', retriable: true });
});

test.each([{}, 'none'])('usage of %j tells nothing', async (usageMetadata) => {
  expect(await failureOf({ candidates: [YES], usageMetadata })).toMatchObject({ code: 'NO_USAGE' });
});

test.each([null, { embeddings: [null] }])('vectors of %j are a malformed answer', async (answer) => {
  const error = await failureOf(answer, (provider) => provider.embed?.({ texts: ['a'] }));
  expect(error).toMatchObject({ code: 'MALFORMED' });
});

test('a list with a model that is null is a malformed answer', async () => {
  const error = await failureOf({ models: [null] }, (provider) => provider.listModels());
  expect(error).toMatchObject({ code: 'MALFORMED' });
});
