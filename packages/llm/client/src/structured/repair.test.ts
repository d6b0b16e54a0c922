import { expect, test } from 'vitest';
import { toLlmError } from '../contract/index.js';
import { checkAnswer } from './check-answer.js';
import { repairRequest } from './repair.js';

const request = {
  system: 'Be brief.',
  messages: [{ role: 'user', content: 'How many?' }],
  schema: { jsonSchema: { type: 'object', properties: { count: { type: 'number' } } } },
} as const;

function answer(text: string) {
  const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
  return { text, toolCalls: [], finishReason: 'stop', usage, provider: 'p', model: 'm' } as const;
}

test('asks again with the answer and what is wrong with it', async () => {
  const error = await checkAnswer(answer('{"count":"many"}'), request.schema).catch(
    (caught: unknown) => caught,
  );
  const repair = repairRequest(request, error);
  expect(repair).toMatchObject({ system: 'Be brief.', schema: request.schema });
  expect(repair?.messages.slice(0, 2)).toEqual([
    request.messages[0],
    { role: 'assistant', content: '{"count":"many"}' },
  ]);
  expect(repair?.messages[2]?.content).toMatch(/at \/count: .*"string" is invalid. Expected "number"/);
  expect(request.messages).toHaveLength(1);
});

test('only an answer that did not fit can be repaired', () => {
  const facts = { provider: 'p', detail: 'x' };
  expect(repairRequest(request, toLlmError('invalid_output', facts))).toBeUndefined();
  expect(repairRequest(request, new Error('x'))).toBeUndefined();
  expect(repairRequest(request, undefined)).toBeUndefined();
});
