import { eventStream, jsonAnswer } from '../../wire/index.js';
import type { DocumentedAnswer, SampleAnswer, SampleUsage } from '../subject.js';
import { ODD_CHAT_ANSWERS } from './odd-answers.js';

/** How the answers of a service differ from those in OpenAI's document. */
export interface ChatApiService {
  readonly model: string;
  /** An entry of the list of models. */
  readonly card: (id: string) => object;
  /** Further members of a whole answer. @default none */
  readonly answer?: object | undefined;
  /** Further members of a usage. @default none */
  readonly usage?: object | undefined;
  /** Members of a stream's last chunk for the usage. @default { usage } */
  readonly streamedUsage?: ((usage: object) => object) | undefined;
  /** Whether a stream brings each tool call in one piece. @default false */
  readonly wholeToolCalls?: boolean | undefined;
}

/** Answers of a service that speaks OpenAI's chat API, made after https://platform.openai.com/docs/api-reference. */
export function chatApiWire(service: ChatApiService) {
  const { model, card, streamedUsage = (usage) => ({ usage }), wholeToolCalls = false } = service;
  const head = { id: 'chatcmpl-1', created: 1_763_900_000, model };
  const usageOf = ({ input, output }: SampleUsage) => ({
    ...service.usage,
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
  });
  const completion = (choices: readonly object[], usage?: SampleUsage) =>
    jsonAnswer({
      ...head,
      object: 'chat.completion',
      choices,
      ...(usage && { usage: usageOf(usage) }),
      ...service.answer,
    });
  const choice = ({ texts = [], toolCalls = [], ...sample }: SampleAnswer, reason = reasonOf(sample)) => ({
    index: 0,
    message: {
      role: 'assistant',
      ...(texts.length > 0 && { content: texts.join('') }),
      ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toCall) }),
    },
    ...(reason && { finish_reason: reason }),
  });

  const chunk = (delta: object, more: object = {}, reason: string | null = null) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: reason }],
    ...more,
  });
  const chunks = ({ texts = [], toolCalls = [], usage, ...sample }: SampleAnswer): object[] => {
    const end: [object | undefined, string | null] = [
      usage && streamedUsage(usageOf(usage)),
      reasonOf(sample) ?? null,
    ];
    const parts = toolCalls.map(toCall).flatMap((call) => (wholeToolCalls ? [call] : partsOf(call)));
    return [
      chunk({ role: 'assistant', content: '' }),
      ...texts.map((content) =>
        sample.finishWithEachPiece ? chunk({ content }, ...end) : chunk({ content }),
      ),
      ...parts.map((part) => chunk({ tool_calls: [part] })),
      chunk({}, ...end),
    ];
  };

  return {
    answer: (sample: SampleAnswer) => completion([choice(sample)], sample.usage),
    stream: (sample: SampleAnswer) => eventStream([...chunks(sample), '[DONE]']),
    /** The chunks of a stream, before they are encoded. */
    chunks,
    odd: ODD_CHAT_ANSWERS,
    empty: completion([], { input: 1, output: 0 }),
    models: (ids: readonly string[]) => jsonAnswer({ object: 'list', data: ids.map(card) }),
    embeddings(vectors: readonly (readonly number[])[], more: object = {}) {
      const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
      return jsonAnswer({ object: 'list', data, model, usage: usageOf({ input: 4, output: 0 }), ...more });
    },
    /** An answer that ended for a reason that is a failure. */
    ended: (reason: string, expected: Omit<DocumentedAnswer, 'answer'>): DocumentedAnswer => ({
      ...expected,
      answer: completion([choice({ texts: ['It'] }, reason)], { input: 1, output: 1 }),
    }),
  };
}

function reasonOf({ finishReason, unknownFinish }: SampleAnswer): string | undefined {
  return unknownFinish ? 'moonlight' : finishReason;
}

function toCall(
  { id, name, arguments: args }: NonNullable<SampleAnswer['toolCalls']>[number],
  index: number,
) {
  return { index, id, type: 'function', function: { name, arguments: JSON.stringify(args) } };
}

/** The parts in which a tool call streams: its id and name stand in the first alone. */
function partsOf({
  index,
  function: { name, arguments: args },
  ...head
}: ReturnType<typeof toCall>): object[] {
  return [
    { index, ...head, function: { name, arguments: args.slice(0, 3) } },
    { index, function: { arguments: args.slice(3) } },
  ];
}
