import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import * as client from '@drydock/llm';
import * as structured from '@drydock/llm/structured';
import { jsonAnswer, scriptedFetch, type WireAnswer, type WireRequest } from '@drydock/llm/wire';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { EMBEDDINGS } from './answers.fixture.js';
import type { MistralOptions } from './options.js';
import { createMistralProvider } from './provider.js';
import { MISTRAL_WIRE } from './wire.fixture.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
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
  const code = [...README.matchAll(/```ts\n(.*?)```/gs)]
    .map(([, block = '']) => block)
    .join('\n')
    .replace(/^import [^;]*;$/gm, '');
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const { fetch } = scriptedFetch(answerTo);
  const scope = {
    ...client,
    ...structured,
    z,
    process: { env: { MISTRAL_API_KEY: 'a-key' } },
    createMistralProvider: (options: MistralOptions) => createMistralProvider({ ...options, fetch }),
    console: { log: (value: unknown) => printed.push(inspect(value)) },
  };
  const run = new Function(...Object.keys(scope), `return (async () => {${outputText}})()`);
  await run(...Object.values(scope));
  expect(printed).toEqual(
    [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, expected]) => expected),
  );
  expect(printed).toHaveLength(13);
});
