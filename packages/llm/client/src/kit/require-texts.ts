import { type GenerateRequest, type RequestContext, toLlmError } from '../contract/index.js';

/**
 * Refuses what the types forbid and JavaScript does not: contents of messages that are parts, pictures or nothing.
 *
 * @throws LlmError of kind `bad_request` and code `CONTENT`, before anything is sent.
 */
export function requireTexts({ messages }: GenerateRequest, context: RequestContext): void {
  const place = (messages as readonly { content?: unknown }[]).findIndex(
    (message) => typeof message?.content !== 'string',
  );
  if (place === -1) return;
  const detail = `messages[${place}].content is not a text, and nothing else can be sent; join its parts to one`;
  throw toLlmError('bad_request', { ...context, detail, code: 'CONTENT' });
}
