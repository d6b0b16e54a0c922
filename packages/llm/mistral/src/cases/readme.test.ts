import { readFileSync } from 'node:fs';
import * as client from '@drydock/llm';
import * as structured from '@drydock/llm/structured';
import { jsonAnswer, scriptedFetch, type WireAnswer, type WireRequest } from '@drydock/llm/wire';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { MistralOptions } from '../options.js';
import { createMistralProvider } from '../provider.js';
import { EMBEDDINGS } from './answers.fixture.js';
import { MISTRAL_WIRE } from './wire.fixture.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const COMPLETE = { finishReason: 'stop', usage: { input: 12, output: 5 } } as const;

/** The service, as far as the examples ask it. */
function answerTo({ path, body }: WireRequest): WireAnswer {
  if (path.endsWith('/embeddings')) return jsonAnswer(EMBEDDINGS);
  if (path.endsWith('/models')) return MISTRAL_WIRE.models(['mistral-small-2603']);
  if (body.includes('"stream":true'))
    return MISTRAL_WIRE.stream({ ...COMPLETE, texts: ['Red, green', ' and blue.'] });
  if (body.includes('json_schema'))
    return MISTRAL_WIRE.answer({ ...COMPLETE, texts: ['{"city":"Bern","river":null}'] });
  if (body.includes('too much')) return { status: 429, headers: { 'retry-after': '2' } };
  const toolCalls = [{ id: 'call00001', name: 'weather', arguments: { place: 'Bern' } }];
  if (body.includes('"tools"'))
    return MISTRAL_WIRE.answer({ ...COMPLETE, toolCalls, finishReason: 'tool_calls' });
  return MISTRAL_WIRE.answer({ ...COMPLETE, texts: ['Red, green and blue.'] });
}

test('the README’s examples print what they say', async () => {
  const { fetch } = scriptedFetch(answerTo);
  const scope = {
    ...client,
    ...structured,
    z,
    process: { env: { MISTRAL_API_KEY: 'a-key' } },
    createMistralProvider: (options: MistralOptions) => createMistralProvider({ ...options, fetch }),
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(13);
});
