import { eventStream, jsonAnswer, scriptedFetch, type WireScript } from '@drydock/llm/wire';
import { expect, test } from 'vitest';
import { createMistralProvider } from './provider.js';

const ASK = { messages: [{ role: 'user', content: 'a prompt of a test' }] } as const;
const USAGE = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };

/** A server that speaks OpenAI's chat API in its own way. */
function before(script: WireScript) {
  const { origin, fetch } = scriptedFetch(script);
  return createMistralProvider({ baseURL: `${origin}/v1`, model: 'local', fetch });
}

async function streamed(events: readonly object[]) {
  const seen = [];
  for await (const event of before([eventStream([...events, '[DONE]'])]).stream(ASK)) seen.push(event);
  return seen;
}

function chunk(choices: readonly (object | null)[], more: object = {}) {
  return { id: '1', object: 'chat.completion.chunk', created: 1, model: 'local', choices, ...more };
}

// As https://platform.openai.com/docs/api-reference/chat-streaming tells of `stream_options`.
test('usage is null until the last chunk tells it', async () => {
  const events = await streamed([
    chunk([{ index: 0, delta: { content: 'Yes.' }, finish_reason: null }], { usage: null }),
    chunk([{ index: 0, delta: {}, finish_reason: 'stop' }], { usage: null }),
    chunk([], { usage: USAGE }),
  ]);
  expect(events).toMatchObject([
    { type: 'text', text: 'Yes.' },
    { type: 'finish', finishReason: 'stop', usage: { totalTokens: 4 } },
  ]);
});

test('ids and names that are null, or not there at all, are not missed', async () => {
  const parts = [
    { index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: null } },
    { index: 0, id: null, type: null, function: { name: null, arguments: '{"a":1}' } },
  ];
  const events = await streamed([
    ...parts.map((part) => chunk([{ index: 0, delta: { tool_calls: [part] } }], { id: null })),
    chunk([{ index: 0, finish_reason: 'tool_calls' }], { id: undefined, usage: USAGE }),
  ]);
  expect(events).toMatchObject([
    { type: 'tool_call', toolCall: { id: 'call_1', name: 'f', arguments: { a: 1 } } },
    { type: 'finish', finishReason: 'tool_calls' },
  ]);
});

// As Ollama, llama.cpp and others stream them: each call as a whole.
test.each([{}, { index: 0 }, { index: null }])(
  'calls of tools that are not counted stay apart: %j',
  async (place) => {
    const call = (id: string, args: string) => ({
      ...place,
      id,
      type: 'function',
      function: { name: 'f', arguments: args },
    });
    const events = await streamed([
      chunk([{ index: 0, delta: { tool_calls: [call('call_1', '{"a":1}'), call('call_2', '{"a":2}')] } }]),
      chunk([{ index: 0, delta: { tool_calls: [call('call_3', '{"a":3}')] } }]),
      chunk([{ index: 0, delta: {}, finish_reason: 'tool_calls' }], { usage: USAGE }),
    ]);
    expect(events).toMatchObject([
      { type: 'tool_call', toolCall: { id: 'call_1', name: 'f', arguments: { a: 1 } } },
      { type: 'tool_call', toolCall: { id: 'call_2', name: 'f', arguments: { a: 2 } } },
      { type: 'tool_call', toolCall: { id: 'call_3', name: 'f', arguments: { a: 3 } } },
      { type: 'finish', finishReason: 'tool_calls' },
    ]);
  },
);

test('an answer with a call of a tool that ended at its limit says so', async () => {
  const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } };
  const choice = { index: 0, message: { role: 'assistant', tool_calls: [call] }, finish_reason: 'length' };
  const answer = { ...chunk([choice]), object: 'chat.completion', usage: USAGE };
  expect(await before([jsonAnswer(answer)]).generate(ASK)).toMatchObject({ finishReason: 'length' });
});
