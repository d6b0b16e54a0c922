import { type ChatAnswer, type ChatMessage, fieldOf, parseJson } from '@drydock/llm/provider-kit';

/*
 * Where other servers of this API differ from Mistral's own document, on which the SDK insists. See https://platform.openai.com/docs/api-reference/chat-streaming.
 */

/** The request's body with `stream_options`, without which other servers send no usage with a stream. */
export function withUsageAsked(text: string): string {
  const body = objectIn(text);
  if (fieldOf(body, 'stream') !== true) return text;
  return JSON.stringify({ ...body, stream_options: { include_usage: true } });
}

/** The answer with an id, which other servers leave out. */
export async function completedAnswer(response: Response): Promise<Response> {
  const { status, headers } = response;
  const text = await response.text();
  const value = objectIn(text);
  if (!value || 'id' in value) return new Response(text, { status, headers });
  return new Response(JSON.stringify({ id: '', ...value }), { status, headers });
}

/** The event with what other servers leave out or send as null: usage, ids, indexes, the name in later parts of a tool call. */
export function completedEvent(event: string): string {
  const value = objectIn(event) as ChatAnswer | undefined;
  if (!value) return event;
  const choices = value.choices?.map(
    (choice) => choice && { finish_reason: null, ...choice, delta: completedDelta(choice.delta ?? {}) },
  );
  return JSON.stringify({ id: '', ...withoutNulls(value), ...(choices && { choices }) });
}

function completedDelta(delta: ChatMessage): ChatMessage {
  const calls = delta.tool_calls?.map(({ function: called, ...call }) => ({
    ...withoutNulls(call),
    ...(called && { function: { name: '', arguments: '', ...withoutNulls(called) } }),
  }));
  return { ...delta, ...(calls && { tool_calls: calls }) };
}

function withoutNulls(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

function objectIn(text: string): object | undefined {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}
