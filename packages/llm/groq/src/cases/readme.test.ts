import { readFileSync } from 'node:fs';
import * as client from '@drydock/llm';
import * as structured from '@drydock/llm/structured';
import { scriptedFetch, type WireAnswer, type WireRequest } from '@drydock/llm/wire';
import { runExamples } from '@drydock/readme';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { GroqOptions } from '../options.js';
import { createGroqProvider } from '../provider.js';
import { GROQ_WIRE } from './wire.fixture.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const COMPLETE = { finishReason: 'stop', usage: { input: 12, output: 5 } } as const;

/** The service, as far as the examples ask it. */
function answerTo({ path, body }: WireRequest): WireAnswer {
  if (path.endsWith('/models')) return GROQ_WIRE.models(['openai/gpt-oss-20b']);
  if (body.includes('"stream":true'))
    return GROQ_WIRE.stream({ ...COMPLETE, texts: ['Red, green', ' and blue.'] });
  if (body.includes('json_schema'))
    return GROQ_WIRE.answer({ ...COMPLETE, texts: ['{"city":"Bern","river":null}'] });
  if (body.includes('too much')) return { status: 429, headers: { 'retry-after': '2' } };
  const toolCalls = [{ id: 'call_1', name: 'weather', arguments: { place: 'Bern' } }];
  if (body.includes('"tools"'))
    return GROQ_WIRE.answer({ ...COMPLETE, toolCalls, finishReason: 'tool_calls' });
  return GROQ_WIRE.answer({ ...COMPLETE, texts: ['Red, green and blue.'] });
}

test('the README’s examples print what they say', async () => {
  const { fetch } = scriptedFetch(answerTo);
  const scope = {
    ...client,
    ...structured,
    z,
    process: { env: { GROQ_API_KEY: 'a-key' } },
    createGroqProvider: (options: GroqOptions) => createGroqProvider({ ...options, fetch }),
  };
  const { printed, promised } = await runExamples(README, scope);
  expect(printed).toEqual(promised);
  expect(printed).toHaveLength(12);
});
