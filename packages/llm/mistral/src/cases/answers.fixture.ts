/*
 * Answers made by hand after https://docs.mistral.ai/api (read in November 2026); none was recorded from the service.
 */

/** A chat completion with one text. */
export function completion(content: string, more: object = {}): object {
  return {
    id: 'cmpl-1',
    object: 'chat.completion',
    created: 1_763_900_000,
    model: 'mistral-small-2603',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
    ...more,
  };
}

/** An event of a stream; one with a finish reason also tells the usage. */
export function chunk(delta: object, finishReason: string | null = null): object {
  return {
    id: 'cmpl-1',
    object: 'chat.completion.chunk',
    created: 1_763_900_000,
    model: 'mistral-small-2603',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    ...(finishReason && { usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 } }),
  };
}

/** An error as the service words it. */
export function errorBody(message: string, type: string, code: string | null = null): object {
  return { object: 'error', message, type, param: null, code };
}

/** A model of the list. */
export function card(id: string): object {
  return {
    id,
    object: 'model',
    created: 1_763_900_000,
    owned_by: 'mistralai',
    capabilities: { completion_chat: true },
    max_context_length: 262_144,
    type: 'base',
  };
}

/** The list of models with one card. */
export const MODEL_LIST = { object: 'list', data: [card('mistral-small-2603')] };

/** Vectors, out of order. */
export const EMBEDDINGS = {
  id: 'embd-1',
  object: 'list',
  model: 'mistral-embed',
  data: [
    { object: 'embedding', index: 1, embedding: [0.3, 0.4] },
    { object: 'embedding', index: 0, embedding: [0.1, 0.2] },
  ],
  usage: { prompt_tokens: 4, completion_tokens: 0, total_tokens: 4 },
};
