import { readFileSync } from 'node:fs';
import * as client from '@drydock/llm';
import * as structured from '@drydock/llm/structured';
import { scriptedFetch, type WireAnswer, type WireRequest } from '@drydock/llm/wire';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { OpenAICompatibleOptions } from '../options.js';
import { createOpenAICompatibleProvider } from '../provider.js';
import { OPENAI_COMPATIBLE_WIRE } from './wire.fixture.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const COMPLETE = { finishReason: 'stop', usage: { input: 12, output: 5 } } as const;

/** The service, as far as the examples ask it. */
function answerTo({ path, body }: WireRequest): WireAnswer {
  if (path.endsWith('/embeddings')) return OPENAI_COMPATIBLE_WIRE.embeddings?.([[0.1, 0.2]]) ?? {};
  if (path.endsWith('/models')) return OPENAI_COMPATIBLE_WIRE.models(['gpt-5-mini']);
  if (body.includes('"stream":true'))
    return OPENAI_COMPATIBLE_WIRE.stream({ ...COMPLETE, texts: ['Red, green', ' and blue.'] });
  if (body.includes('json_schema'))
    return OPENAI_COMPATIBLE_WIRE.answer({ ...COMPLETE, texts: ['{"city":"Bern","river":null}'] });
  if (body.includes('too much')) return { status: 429, headers: { 'retry-after': '2' } };
  const toolCalls = [{ id: 'call_1', name: 'weather', arguments: { place: 'Bern' } }];
  if (body.includes('"tools"'))
    return OPENAI_COMPATIBLE_WIRE.answer({ ...COMPLETE, toolCalls, finishReason: 'tool_calls' });
  return OPENAI_COMPATIBLE_WIRE.answer({ ...COMPLETE, texts: ['Red, green and blue.'] });
}

test('the README’s examples print what they say', async () => {
  const { fetch } = scriptedFetch(answerTo);
  const scope = {
    ...client,
    ...structured,
    z,
    process: { env: { OPENAI_API_KEY: 'a-key' } },
    createOpenAICompatibleProvider: (options: OpenAICompatibleOptions) =>
      createOpenAICompatibleProvider({ ...options, fetch }),
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(13);
});
