import { fieldOf } from '@drydock/llm/provider-kit';

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

/** Others send the arguments of a tool call in parts, of which only the first has a name. */
export function completedEvent(event: string): string {
  const value = objectIn(event) as Chunk | undefined;
  if (!value?.choices?.length) return event;
  for (const choice of value.choices) {
    choice.finish_reason ??= null;
    for (const { function: called } of choice.delta?.tool_calls ?? []) {
      if (!called) continue;
      called.name ??= '';
      called.arguments ??= '';
    }
  }
  return JSON.stringify(value);
}

interface Chunk {
  readonly choices?: readonly {
    finish_reason?: string | null;
    readonly delta?: { readonly tool_calls?: readonly { readonly function?: Called }[] | null };
  }[];
}

interface Called {
  name?: string;
  arguments?: string;
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
