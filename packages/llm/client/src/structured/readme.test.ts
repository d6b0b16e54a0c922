import { readFileSync } from 'node:fs';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Engine } from '../client/engine.js';
import { type GenerateResult, type Provider, toLlmError } from '../contract/index.js';
import { outputSchema, prepareOutput, STRICT_DIALECT, streamStructured } from './index.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, SECTION = ''] = /^## Structured output\n(.*?)(?=^## |(?![\s\S]))/ms.exec(README) ?? [];

const context = { provider: 'scripted', model: 'a-model' };
const end = {
  finishReason: 'stop',
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  ...context,
} as const;

/** Answers in an odd way at first, and in pieces. */
function scripted(): Provider {
  const answers = ['{"city":"B"}', '{"city":"Brussels","people":1255795}'];
  const unused = () =>
    Promise.reject(toLlmError('bad_request', { provider: 'scripted', detail: 'not scripted' }));
  return {
    name: context.provider,
    model: context.model,
    generate: unused,
    listModels: unused,
    healthCheck: unused,
    generateStructured: async ({ schema }) => {
      const result: GenerateResult = { text: answers.shift() ?? '', toolCalls: [], ...end };
      return prepareOutput(schema, STRICT_DIALECT, context).read(result);
    },
    stream: async function* () {
      for (const text of ['{"city":"Bru', 'ssels",', '"people":null}']) yield { type: 'text', text };
      yield { type: 'finish', ...end };
    },
  };
}

test('the README’s examples print what they say', async () => {
  const scope = {
    z,
    outputSchema,
    streamStructured,
    client: new Engine({ providers: [scripted()] }),
  };
  const { printed, promised } = await runExamples(SECTION, scope);
  // A loop prints more than once, and its comment says all of it.
  expect(printed.join(' ')).toBe(promised.join(' '));
  expect(printed).toHaveLength(7);
});
