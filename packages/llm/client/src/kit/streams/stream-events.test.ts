import { VirtualClock } from '@drydock/resilience/testing';
import { expect, test } from 'vitest';
import type { FinishReason, StreamEvent, Usage } from '../../contract/index.js';
import type { ToolCallPart } from './stream-assembly.js';
import { streamEvents } from './stream-events.js';

interface Piece {
  readonly text?: string;
  readonly call?: ToolCallPart;
  readonly finishReason?: FinishReason;
  readonly tokens?: number;
}

const context = { provider: 'p', model: 'm' };
const END: Piece = { finishReason: 'stop', tokens: 3 };

async function play(pieces: readonly (Piece | null)[], staysOpen = false) {
  const clock = new VirtualClock();
  const seen: StreamEvent[] = [];
  let toItsEnd = false;
  async function* body() {
    yield* pieces as Piece[];
    if (staysOpen) await new Promise(() => {});
    toItsEnd = true;
  }
  const events = streamEvents(body(), {
    context,
    signal: new AbortController().signal,
    clock,
    *read({ text, call, finishReason, tokens }, assembly) {
      assembly.usage = tokens === undefined ? assembly.usage : usage(tokens);
      if (text !== undefined) yield { type: 'text', text };
      if (call) assembly.addToolCall(0, call);
      assembly.finishReason ??= finishReason;
    },
  });
  const listening = async () => {
    for await (const event of events) seen.push(event);
  };
  await clock.run(listening());
  return { seen, toItsEnd, clock };
}

const usage = (totalTokens: number): Usage => ({ inputTokens: 0, outputTokens: totalTokens, totalTokens });

test('a body is read to its end, and a connection that stays open is left soon', async () => {
  expect(await play([{ text: 'a' }, END, {}, {}])).toMatchObject({ toItsEnd: true });
  const { seen, clock } = await play([{ text: 'a' }, END], true);
  expect(seen.map(({ type }) => type)).toEqual(['text', 'finish']);
  expect([clock.now(), clock.pending]).toEqual([1_000, 0]);
});

test.each([true, false])(
  'usage that was told before the end is not taken for all of it: open %s',
  async (open) => {
    const early = { text: 'a', tokens: 1 };
    const late = await play([early, { finishReason: 'stop' }, { tokens: 3 }], open);
    expect(late.seen.at(-1)).toMatchObject({ type: 'finish', usage: { totalTokens: 3 } });
    const only = await play([early, { finishReason: 'stop' }], open);
    expect(only.seen.at(-1)).toMatchObject({ type: 'finish', usage: { totalTokens: 1 } });
  },
);

test('parts of a call that are null are parts that are not there', async () => {
  const { seen } = await play([
    { call: { id: null, name: 'f', arguments: null } },
    { call: { id: 'c', name: null, arguments: '{}' } },
    END,
  ]);
  expect(seen).toMatchObject([
    { type: 'tool_call', toolCall: { id: 'c', name: 'f', arguments: {} } },
    { type: 'finish', finishReason: 'tool_calls' },
  ]);
});

test('a part with another id and name begins another call, one with another id alone does not', async () => {
  const { seen } = await play([
    { call: { id: 'a', name: 'f', arguments: '{' } },
    { call: { id: 'made up', arguments: '}' } },
    { call: { id: 'b', name: 'f', arguments: '[' } },
    { call: { id: 'b', name: 'f', arguments: ']' } },
    END,
  ]);
  expect(seen).toMatchObject([
    { type: 'tool_call', toolCall: { id: 'a', name: 'f', arguments: {} } },
    { type: 'tool_call', toolCall: { id: 'b', name: 'f', arguments: [] } },
    { type: 'finish', finishReason: 'tool_calls' },
  ]);
});

test('a call at the limit is not a whole one', async () => {
  const { seen } = await play([{ call: { id: 'c', name: 'f' } }, { finishReason: 'length', tokens: 3 }]);
  expect(seen.at(-1)).toMatchObject({ type: 'finish', finishReason: 'length' });
});

test('a piece of another shape than promised is a malformed answer', async () => {
  await expect(play([null])).rejects.toMatchObject({ kind: 'invalid_output', code: 'MALFORMED' });
});
