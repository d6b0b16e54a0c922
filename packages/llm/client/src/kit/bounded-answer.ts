import { toLlmError } from '../contract/index.js';

/** Most bytes of an answer that does not come as a stream of events: many times what a model writes, and read and parsed in well under a second. */
export const MOST_ANSWER_BYTES = 32 * 1_024 * 1_024;

/** The answer, whose body fails beyond `MOST_ANSWER_BYTES`; the same object where its headers say that it stays below. */
export function boundedAnswer(response: Response, provider: string): Response {
  const { body, headers, status, statusText } = response;
  if (!body || headers.get('content-type')?.startsWith('text/event-stream')) return response;
  // The length of a compressed body tells nothing of what becomes of it.
  const told = headers.has('content-encoding') ? null : headers.get('content-length');
  if (told !== null && Number(told) <= MOST_ANSWER_BYTES) return response;
  return new Response(bounded(body, provider), { status, statusText, headers });
}

function bounded(body: ReadableStream<Uint8Array>, provider: string): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        bytes += value.length;
        if (bytes <= MOST_ANSWER_BYTES) return controller.enqueue(value);
        reader.cancel().catch(() => {});
        throw tooLarge(provider);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function tooLarge(provider: string) {
  const detail = `the answer has more than ${MOST_ANSWER_BYTES} bytes, which no model writes; check \`baseURL\``;
  return toLlmError('invalid_output', { provider, detail, code: 'TOO_LARGE' });
}
