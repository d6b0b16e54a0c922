import { parseJson } from '@drydock/llm/provider-kit';

/**
 * The request's body with `stream_options`, without which other servers than Mistral's send no usage with a stream: see
 * https://platform.openai.com/docs/api-reference/chat-streaming. The SDK takes no such option.
 */
export function withUsageAsked(text: string): string {
  const body = parseJson(text) as { readonly stream?: unknown } | null | undefined;
  if (body?.stream !== true) return text;
  return JSON.stringify({ ...body, stream_options: { include_usage: true } });
}
