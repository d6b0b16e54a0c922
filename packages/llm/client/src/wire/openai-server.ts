import type { WireAnswer, WireRequest } from './answer.js';
import { eventStream, jsonAnswer } from './answers.js';

const HEAD = { id: 'chatcmpl-7', object: 'chat.completion', created: 1_763_900_000, model: 'local' };
const NO_SUCH_PATH = jsonAnswer({ error: { message: 'no such path' } }, { status: 404 });
const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

/**
 * Script of a server on somebody's own machine that speaks OpenAI's chat API and no more of it than it has to: no ids
 * of embeddings, usage of streams only when asked for, tool calls in parts, models with four fields. Its one model,
 * `local`, says `pong`, knows one city and calls the tool `add`.
 *
 * Made by hand after https://platform.openai.com/docs/api-reference and https://docs.ollama.com/openai.
 */
export function openAiServer({ method, path, body }: WireRequest): WireAnswer {
  if (method === 'GET' && path === '/v1/models') {
    return jsonAnswer({
      object: 'list',
      data: [{ id: 'local', object: 'model', created: 1, owned_by: 'me' }],
    });
  }
  if (method !== 'POST') return NO_SUCH_PATH;
  const asked = JSON.parse(body);
  if (path === '/v1/embeddings') {
    const data = asked.input.map((_: string, index: number) => ({
      object: 'embedding',
      index,
      embedding: [index, ...Array(127).fill(1)],
    }));
    return jsonAnswer({ object: 'list', data, model: 'local', usage: { prompt_tokens: 2, total_tokens: 2 } });
  }
  if (path !== '/v1/chat/completions') return NO_SUCH_PATH;
  return asked.stream ? stream(asked) : complete(asked);
}

function complete({ response_format: format }: { response_format?: object }): WireAnswer {
  const content = format ? '{"city":"Paris","country":"France"}' : 'pong';
  const choice = { index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' };
  return jsonAnswer({ ...HEAD, choices: [choice], usage: USAGE, system_fingerprint: 'fp' });
}

function stream({
  tools,
  stream_options: options,
}: {
  tools?: object[];
  stream_options?: { include_usage?: boolean };
}) {
  const event = (delta: object, finish: { finish_reason?: string | null } = { finish_reason: null }) => ({
    ...HEAD,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, ...finish }],
  });
  const call = (part: object) => event({ tool_calls: [{ index: 0, ...part }] }, {});
  const answer = tools
    ? [
        call({ id: 'call_1', type: 'function', function: { name: 'add', arguments: '' } }),
        call({ function: { arguments: '{"a":' } }),
        call({ function: { arguments: '1}' } }),
        event({}, { finish_reason: 'tool_calls' }),
      ]
    : [
        event({ role: 'assistant', content: 'po' }),
        event({ content: 'ng' }),
        event({}, { finish_reason: 'stop' }),
      ];
  const usage = options?.include_usage ? [{ ...HEAD, choices: [], usage: USAGE }] : [];
  return eventStream([...answer, ...usage, '[DONE]']);
}
