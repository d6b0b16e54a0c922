import { fieldOf, parseJson } from '@drydock/llm/provider-kit';

/*
 * What other servers of this API need to be told and leave out, where the SDK insists on what Mistral's own documents
 * promise. See https://platform.openai.com/docs/api-reference/chat-streaming.
 */

/** Others tell the usage of a stream only when they are asked for it. */
export async function withUsageAsked(request: Request): Promise<Request> {
  if (request.method !== 'POST') return request;
  const body = objectIn(await request.clone().text());
  if (fieldOf(body, 'stream') !== true) return request;
  const { url, headers, method } = request;
  return new Request(url, {
    method,
    headers,
    body: JSON.stringify({ ...body, stream_options: { include_usage: true } }),
  });
}

/** Others leave out ids that nobody needs. */
export async function completedAnswer(response: Response): Promise<Response> {
  const { status, headers } = response;
  const text = await response.text();
  const value = objectIn(text);
  if (!value || 'id' in value) return new Response(text, { status, headers });
  return new Response(JSON.stringify({ id: '', ...value }), { status, headers });
}

/** Others leave out, or send as null, what is not there yet: usage, ids, places, all but the first part of a tool call's name. */
export function completedEvent(event: string): string {
  const value = objectIn(event) as Chunk | undefined;
  if (!value) return event;
  value.id ??= '';
  if (value.usage === null) delete value.usage;
  for (const choice of value.choices ?? []) {
    if (!choice) continue;
    choice.finish_reason ??= null;
    choice.delta ??= {};
    for (const call of choice.delta.tool_calls ?? []) {
      if (call.id === null) delete call.id;
      if (call.type === null) delete call.type;
      if (call.index === null) delete call.index;
      const { function: called } = call;
      if (!called) continue;
      called.name ??= '';
      called.arguments ??= '';
    }
  }
  return JSON.stringify(value);
}

interface Chunk {
  id?: string | null;
  usage?: object | null;
  readonly choices?: readonly (Choice | null)[] | null;
}

interface Choice {
  finish_reason?: string | null;
  delta?: { readonly tool_calls?: readonly Call[] | null };
}

interface Call {
  id?: string | null;
  type?: string | null;
  index?: number | null;
  readonly function?: { name?: string | null; arguments?: string | null };
}

function objectIn(text: string): object | undefined {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}
