import { readFileSync } from 'node:fs';
import * as client from '@drydock/llm';
import * as structured from '@drydock/llm/structured';
import { jsonAnswer, scriptedFetch, type WireAnswer, type WireRequest } from '@drydock/llm/wire';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { GeminiOptions } from '../options.js';
import { createGeminiProvider } from '../provider.js';
import { errorAnswer, textAnswer, textStream } from './answers.fixture.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The service, as far as the examples ask it. */
function answerTo({ path, body }: WireRequest): WireAnswer {
  if (path.includes(':streamGenerateContent')) return textStream(['Red, green', ' and blue.']);
  if (path.includes(':countTokens')) return jsonAnswer({ totalTokens: 9 });
  if (path.includes(':batchEmbedContents'))
    return jsonAnswer({ embeddings: [{ values: Array(768).fill(0) }] });
  if (path.includes('/models?')) return jsonAnswer({ models: [{ name: 'models/gemini-3.8-flash' }] });
  if (body.includes('responseJsonSchema'))
    return jsonAnswer(textAnswer('{"city":"Bern","inhabitants":134591}'));
  if (body.includes('too much')) return errorAnswer(429, 'RESOURCE_EXHAUSTED');
  return jsonAnswer(textAnswer('Red, green and blue.'));
}

test('the README’s examples print what they say', async () => {
  const { fetch } = scriptedFetch(answerTo);
  const scope = {
    ...client,
    ...structured,
    z,
    process: { env: { GOOGLE_API_KEY: 'a-key' } },
    createGeminiProvider: (options: GeminiOptions) => createGeminiProvider({ ...options, fetch }),
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(9);
});
