import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Engine } from '../client/engine.js';
import { type GenerateResult, type Provider, toLlmError } from '../contract/index.js';
import { outputSchema, prepareOutput, STRICT_DIALECT, streamStructured } from './index.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, SECTION = ''] = /^## Structured output\n(.*?)(?=^## |(?![\s\S]))/ms.exec(README) ?? [];

const where = { provider: 'scripted', model: 'a-model' };
const end = {
  finishReason: 'stop',
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  ...where,
} as const;

/** Answers in an odd way at first, and in pieces. */
function scripted(): Provider {
  const answers = ['{"city":"B"}', '{"city":"Brussels","people":1255795}'];
  const unused = () =>
    Promise.reject(toLlmError('bad_request', { provider: 'scripted', detail: 'not scripted' }));
  return {
    name: where.provider,
    model: where.model,
    generate: unused,
    listModels: unused,
    healthCheck: unused,
    generateStructured: async ({ schema }) => {
      const result: GenerateResult = { text: answers.shift() ?? '', toolCalls: [], ...end };
      return prepareOutput(schema, STRICT_DIALECT, where).read(result);
    },
    stream: async function* () {
      for (const text of ['{"city":"Bru', 'ssels",', '"people":null}']) yield { type: 'text', text };
      yield { type: 'finish', ...end };
    },
  };
}

test('the README’s examples print what they say', async () => {
  const code = [...SECTION.matchAll(/```ts\n(.*?)```/gs)]
    .map(([, block = '']) => block)
    .join('\n')
    .replace(/^import [^;]*;$/gm, '');
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const scope = {
    z,
    outputSchema,
    streamStructured,
    client: new Engine({ providers: [scripted()] }),
    console: { log: (value: unknown) => printed.push(inspect(value, { breakLength: Infinity })) },
  };
  const run = new Function(...Object.keys(scope), `return (async () => {${outputText}})()`);
  await run(...Object.values(scope));
  const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
  expect(printed.join(' ')).toBe(expected.join(' '));
  expect(printed).toHaveLength(7);
});
