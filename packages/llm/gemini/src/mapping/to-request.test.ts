import type { GenerateRequest, Message } from '@drydock/llm';
import { expect, test } from 'vitest';
import { toToolCall } from './thought-signature.js';
import { toRequest } from './to-request.js';

const contentsOf = (...messages: Message[]) => toRequest({ request: { messages } }).contents;

test('says all that a request may hold', () => {
  const request: GenerateRequest = {
    system: 'Be brief.',
    messages: [{ role: 'user', content: 'Hello' }],
    tools: [{ name: 'clock', description: 'Tells the time', parameters: { type: 'object' } }],
    maxOutputTokens: 9,
    temperature: 0,
    stop: ['END'],
  };
  expect(toRequest({ request, output: { schema: { type: 'array' } } })).toEqual({
    contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    tools: [
      {
        functionDeclarations: [
          { name: 'clock', description: 'Tells the time', parametersJsonSchema: { type: 'object' } },
        ],
      },
    ],
    generationConfig: {
      maxOutputTokens: 9,
      temperature: 0,
      stopSequences: ['END'],
      responseMimeType: 'application/json',
      responseJsonSchema: { type: 'array' },
    },
  });
});

test('says nothing that a request does not hold', () => {
  const request = { messages: [], tools: [], stop: [] };
  expect(toRequest({ request })).toEqual({ contents: [], generationConfig: {} });
});

const CALLS = [
  { id: 'a#thought=c2ln', name: 'clock', arguments: { zone: 'UTC' } },
  { id: 'b', name: 'clock', arguments: {} },
];

test('results of calls that were made together come back in one turn, under their names', () => {
  const contents = contentsOf(
    { role: 'assistant', content: '', toolCalls: CALLS },
    { role: 'tool', toolCallId: 'a#thought=c2ln', content: '{"time":"12:00"}' },
    { role: 'tool', toolCallId: 'b', content: 'noon' },
    { role: 'user', content: 'And?' },
  );
  expect(contents).toEqual([
    {
      role: 'model',
      parts: [
        { functionCall: { id: 'a', name: 'clock', args: { zone: 'UTC' } }, thoughtSignature: 'c2ln' },
        { functionCall: { id: 'b', name: 'clock', args: {} } },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { id: 'a', name: 'clock', response: { time: '12:00' } } },
        { functionResponse: { id: 'b', name: 'clock', response: { result: 'noon' } } },
      ],
    },
    { role: 'user', parts: [{ text: 'And?' }] },
  ]);
});

test('a call that another model made is sent with the signature for those', () => {
  const [content] = contentsOf({ role: 'assistant', content: 'Let me see.', toolCalls: CALLS.slice(1) });
  expect(content?.parts).toEqual([
    { text: 'Let me see.' },
    {
      functionCall: { id: 'b', name: 'clock', args: {} },
      thoughtSignature: 'skip_thought_signature_validator',
    },
  ]);
});

test('a call keeps its signature on its way through a conversation, and one without an id gets one', () => {
  const part = { functionCall: { id: 'x', name: 'clock', args: { a: 1 } }, thoughtSignature: 'c2ln' };
  const call = toToolCall(part, 0);
  expect(call).toMatchObject({ name: 'clock', arguments: { a: 1 } });
  const [content] = contentsOf({ role: 'assistant', content: '', toolCalls: call ? [call] : [] });
  expect(content?.parts).toEqual([part]);
  expect(toToolCall({ functionCall: { name: 'clock' } }, 2)).toEqual({
    id: 'clock-2',
    name: 'clock',
    arguments: {},
  });
});
