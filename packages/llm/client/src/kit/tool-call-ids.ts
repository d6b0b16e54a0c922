import { createHash } from 'node:crypto';
import type { GenerateRequest, Message } from '../contract/index.js';

/** Form of an id that every server takes: the longest that OpenAI's API allows. */
const PLAIN = /^[A-Za-z0-9_-]{1,40}$/;

/** The id of a tool call for a service that refuses long ones, such as those which carry Gemini's signatures; always the same for one id. */
export function plainToolCallId(id: string): string {
  return PLAIN.test(id) ? id : `call_${createHash('sha256').update(id).digest('hex').slice(0, 24)}`;
}

/** The request with an id of its own for each tool call: some services give the same ones again in every turn. */
export function withUniqueToolCallIds<R extends GenerateRequest>(request: R): R {
  if (!request.messages.some(({ role }) => role === 'tool')) return request;
  const given = new Map<string, number>();
  const current = new Map<string, string>();
  const messages = request.messages.map((message): Message => {
    if (message.role === 'tool') {
      const toolCallId = current.get(message.toolCallId) ?? message.toolCallId;
      return toolCallId === message.toolCallId ? message : { ...message, toolCallId };
    }
    if (message.role !== 'assistant' || !message.toolCalls?.length) return message;
    const toolCalls = message.toolCalls.map((call) => {
      const count = (given.get(call.id) ?? 0) + 1;
      given.set(call.id, count);
      // Ahead of the id, since what stands behind it may be read from it.
      const id = count === 1 ? call.id : `${count}_${call.id}`;
      current.set(call.id, id);
      return id === call.id ? call : { ...call, id };
    });
    return { ...message, toolCalls };
  });
  return { ...request, messages };
}
