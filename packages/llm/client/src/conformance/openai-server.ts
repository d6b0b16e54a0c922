import { eventStream, jsonAnswer, type WireAnswer, type WireRequest } from '../wire/index.js';
import { chatApiWire } from './chat-api/wire.js';

const WIRE = chatApiWire({
  model: 'local',
  card: (id) => ({ id, object: 'model', created: 1, owned_by: 'me' }),
  // In a chunk of its own, and only where the request asks for it.
  streamedUsage: () => ({}),
});
const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

/**
 * Script of a server on somebody's own machine that speaks OpenAI's chat API and no more of it than it has to: no ids
 * of embeddings, usage of streams only when asked for, tool calls in parts, models with four fields. Its one model,
 * `local`, says `pong`, knows one city and calls the tool `add`.
 *
 * Made by hand after https://platform.openai.com/docs/api-reference and https://docs.ollama.com/openai.
 */
export function openAiServer({ method, path, body }: WireRequest): WireAnswer {
  const request = method === 'POST' ? JSON.parse(body) : {};
  switch (`${method} ${path}`) {
    case 'GET /v1/models':
      return WIRE.models(['local']);
    case 'POST /v1/embeddings':
      return WIRE.embeddings(request.input.map((_: string, index: number) => [index, ...Array(127).fill(1)]));
    case 'POST /v1/chat/completions':
      return request.stream ? stream(request) : complete(request);
    default:
      return jsonAnswer({ error: { message: 'no such path' } }, { status: 404 });
  }
}

function complete({ response_format: format }: { response_format?: object }): WireAnswer {
  const text = format ? '{"city":"Paris","country":"France"}' : 'pong';
  return WIRE.answer({ texts: [text], finishReason: 'stop', usage: { input: 3, output: 2 } });
}

function stream({ tools, stream_options: options }: StreamRequest): WireAnswer {
  const chunks = tools
    ? WIRE.chunks({
        toolCalls: [{ id: 'call_1', name: 'add', arguments: { a: 1 } }],
        finishReason: 'tool_calls',
      })
    : WIRE.chunks({ texts: ['po', 'ng'], finishReason: 'stop' });
  const usage = options?.include_usage ? [{ model: 'local', choices: [], usage: USAGE }] : [];
  return eventStream([...chunks, ...usage, '[DONE]']);
}

interface StreamRequest {
  readonly tools?: readonly object[];
  readonly stream_options?: { readonly include_usage?: boolean };
}
