import { sleep } from '@drydock/resilience';
import { VirtualClock } from '@drydock/resilience/testing';
import { expect, test } from 'vitest';
import { Caller } from '../caller.js';
import { readChatChunk } from '../chat-api/response.js';
import type { ChatAnswer } from '../chat-api/wire-types.js';
import { UNPRICED } from '../model-list.js';

const text = (content: string) => ({ choices: [{ delta: { content } }] });
const part = (args: string) => ({
  choices: [{ delta: { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: args } }] } }],
});
const END = { choices: [{ finish_reason: 'stop' }], usage: { prompt_tokens: 1, completion_tokens: 1 } };

/** Listens to chunks that come 40 ms apart, of which no content may be missing for 50 ms; stays `lingerMs` with each event. */
async function listen(chunks: readonly ChatAnswer[], lingerMs = 0): Promise<string[]> {
  const clock = new VirtualClock();
  const caller = new Caller({ provider: 'p', failures: { rules: [] }, clock });
  const { signal } = new AbortController();
  const open = async () =>
    (async function* () {
      for (const chunk of chunks) {
        await sleep(40, signal, clock);
        yield chunk;
      }
    })();
  const read = (chunk: ChatAnswer, assembly: Parameters<typeof readChatChunk>[1]) =>
    readChatChunk(chunk, assembly, UNPRICED);
  const listening = async () => {
    const types: string[] = [];
    const limits = { firstEventMs: 50, idleMs: 50 };
    for await (const { type } of caller.stream('m', limits, open, read)) {
      types.push(type);
      if (lingerMs > 0) await sleep(lingerMs, signal, clock);
    }
    return types;
  };
  return clock.run(listening());
}

test('a consumer that takes its time is not silence', async () => {
  expect(await listen([text('a'), text('b'), END], 500)).toEqual(['text', 'text', 'finish']);
});

test('parts of a tool call are content, though no event tells of them before the end', async () => {
  expect(await listen([part('{'), part('"a"'), part(':1}'), END])).toEqual(['tool_call', 'finish']);
});

test.each([
  ['a role', { choices: [{ delta: { content: '' } }] }],
  ['a piece without a choice', { choices: [] }],
])('%s is not content', async (_, empty) => {
  await expect(listen([empty, text('a'), END])).rejects.toMatchObject({
    code: 'FIRST_EVENT',
    kind: 'timeout',
  });
  await expect(listen([text('a'), empty, text('b'), END])).rejects.toMatchObject({ code: 'IDLE' });
});
