import { readFileSync } from 'node:fs';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { type GenerateRequest, type LlmErrorKind, type Provider, toLlmError } from './contract/index.js';
import { createClient } from './index.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [CLIENT = ''] = README.split('## Structured output');

/** A provider that answers, or fails with an error of one kind. */
function provider(name: string, failure?: LlmErrorKind): Provider {
  const finish = {
    finishReason: 'stop',
    usage: { inputTokens: 12, outputTokens: 5, totalTokens: 17 },
    provider: name,
    model: 'a-model',
  } as const;
  const answer = async ({ messages }: GenerateRequest) => {
    const kind = messages[0]?.content === 'refuse' ? 'bad_request' : undefined;
    if (failure ?? kind) throw toLlmError(failure ?? 'bad_request', { provider: name, detail: 'scripted' });
    return { text: 'Red, green and blue.', toolCalls: [], ...finish };
  };
  const unused = () => Promise.reject(new Error('not part of the examples'));
  return {
    name,
    model: 'a-model',
    generate: answer,
    async *stream(request) {
      const { text } = await answer(request);
      yield { type: 'text', text };
      yield { type: 'finish', ...finish };
    },
    generateStructured: unused,
    listModels: unused,
    healthCheck: unused,
  };
}

test('the README’s examples of the client print what they say', async () => {
  const scope = {
    createClient,
    createGroqProvider: () => provider('groq', 'quota'),
    createMistralProvider: () => provider('mistral'),
  };
  const { printed, promised } = await runExamples(CLIENT, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(7);
});
