import { eventStream, jsonAnswer } from '../../wire/index.js';
import type { OddAnswer } from '../subject.js';

const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const TWO = [
  ['weather', { place: 'Ghent' }],
  ['time', { zone: 1 }],
] as const;
const [FIRST, SECOND] = ['{"place":"Ghent"}', '{"zone":1}'];

/** A piece of a tool call; members that are not given are left out. */
function part(given: object, name: string | null | undefined, args: unknown): object {
  return { ...given, function: { ...(name !== undefined && { name }), arguments: args } };
}

function chunk(choices: unknown, more: object = {}): object {
  return { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more };
}

function streamOf(deltas: readonly unknown[], reason = 'stop') {
  const chunks = deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }]));
  return eventStream([...chunks, chunk([{ index: 0, delta: {}, finish_reason: reason }], { usage: USAGE })]);
}

function calling(...parts: (readonly object[])[]) {
  return streamOf(
    parts.map((calls) => ({ tool_calls: calls })),
    'tool_calls',
  );
}

function whole(message: object, reason: string, more: object = {}) {
  return jsonAnswer({ choices: [{ message, finish_reason: reason }], usage: USAGE, ...more });
}

const two = (name: string, stream: OddAnswer['stream'], answer?: OddAnswer['answer']): OddAnswer => ({
  name,
  stream,
  answer,
  calls: TWO,
});
const one = (name: string, stream: OddAnswer['stream'], args?: unknown): OddAnswer => ({
  name,
  stream,
  calls: [TWO[0]],
  ...(args !== undefined && {
    answer: whole({ content: null, tool_calls: [{ id: 'a', ...part({}, 'weather', args) }] }, 'tool_calls'),
  }),
});
const said = (name: string, stream: OddAnswer['stream'], answer?: OddAnswer['answer']): OddAnswer => ({
  name,
  stream,
  answer,
  text: 'Yes.',
});

const YES = { content: 'Yes.' };
const END = [{ index: 0, delta: {}, finish_reason: 'stop' }];

/** Answers that other servers of OpenAI's chat API have been seen to send, and what has to be read of them. */
export const ODD_CHAT_ANSWERS: readonly OddAnswer[] = [
  two(
    'calls that come in turns, without their index',
    calling(
      [part({ id: 'a' }, 'weather', FIRST.slice(0, 4))],
      [part({ id: 'b' }, 'time', SECOND.slice(0, 4))],
      [part({ id: 'a' }, undefined, FIRST.slice(4))],
      [part({ id: 'b' }, undefined, SECOND.slice(4))],
    ),
  ),
  two('calls without id and index', calling([part({}, 'weather', FIRST)], [part({}, 'time', SECOND)])),
  two(
    'calls without id and index at once',
    calling([part({}, 'weather', FIRST), part({}, 'time', SECOND)]),
    whole({ tool_calls: [part({}, 'weather', FIRST), part({ id: null }, 'time', SECOND)] }, 'tool_calls'),
  ),
  two(
    'an index that is null',
    calling([
      part({ index: null, id: 'a' }, 'weather', FIRST),
      part({ index: null, id: 'b' }, 'time', SECOND),
    ]),
  ),
  one(
    'an index that is a text',
    calling([part({ index: '0', id: 'a' }, 'weather', '')], [part({ index: 0 }, undefined, FIRST)]),
  ),
  one(
    'a call whose function follows',
    calling([{ index: 0, id: 'a', type: 'function' }], [part({ index: 0 }, 'weather', FIRST)]),
  ),
  one(
    'arguments within a fence',
    calling([part({ id: 'a' }, 'weather', `\`\`\`json\n${FIRST}\n\`\`\``)]),
    `\`\`\`json\n${FIRST}\n\`\`\``,
  ),
  one(
    'arguments as the text of a text',
    calling([part({ id: 'a' }, 'weather', JSON.stringify(FIRST))]),
    JSON.stringify(FIRST),
  ),
  one('arguments that are an object', calling([part({ id: 'a' }, 'weather', TWO[0][1])]), TWO[0][1]),
  said('a delta that is null', streamOf([null, YES, null])),
  said(
    'no delta at the end',
    eventStream([
      chunk([{ index: 0, delta: YES }]),
      chunk([{ index: 0, finish_reason: 'stop' }], { usage: USAGE }),
    ]),
  ),
  said(
    'choices that are null beside the usage',
    eventStream([chunk([{ delta: YES }]), chunk(END), chunk(null, { usage: USAGE })]),
  ),
  said(
    'no choices beside the usage',
    eventStream([chunk([{ delta: YES }]), chunk(END), chunk(undefined, { usage: USAGE })]),
  ),
  said(
    'null wherever there is nothing',
    streamOf([{ role: null, ...YES, tool_calls: null, refusal: null, reasoning_content: null }]),
    whole({ role: null, ...YES, tool_calls: null, refusal: null }, 'stop', {
      id: null,
      model: null,
      created: null,
    }),
  ),
];
