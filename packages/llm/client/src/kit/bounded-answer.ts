import { toLlmError } from '../contract/index.js';

/** Most bytes of an answer that does not come as a stream of events: many times what a model writes, and read and parsed in well under a second. */
export const MOST_ANSWER_BYTES = 32 * 1_024 * 1_024;

const UTF8 = new TextDecoder();

/** The answer, whose body fails beyond `MOST_ANSWER_BYTES` however it is read; untouched where its headers say that it stays below. */
export function boundedAnswer(response: Response, provider: string): Response {
  const { body, headers } = response;
  if (!body || headers.get('content-type')?.startsWith('text/event-stream')) return response;
  // The length of a compressed body says nothing about that of the decompressed one.
  const length = headers.has('content-encoding') ? null : headers.get('content-length');
  if (length !== null && Number(length) <= MOST_ANSWER_BYTES) return response;
  return bounded(response, body, provider);
}

/** What an answer has that reads its body, but for the two ways in which SDKs read most answers. */
const OF_BODY: ReadonlySet<string | symbol> = new Set([
  'body',
  'arrayBuffer',
  'blob',
  'bytes',
  'clone',
  'formData',
]);

function bounded(response: Response, body: ReadableStream<Uint8Array>, provider: string): Response {
  let copy: Response | undefined;
  const text = () => (copy ? copy.text() : boundedText(body, provider));
  const json = () => text().then(JSON.parse);
  // A copy with a stream of its own takes longer than all else that is done with an answer: there is none until it is needed.
  return new Proxy(response, {
    get(_, name) {
      if (name === 'text') return text;
      if (name === 'json') return json;
      if (!OF_BODY.has(name)) return bound(response, name);
      copy ??= new Response(boundedStream(body, provider), response);
      return bound(copy, name);
    },
  });
}

function bound(owner: Response, name: string | symbol): unknown {
  const value = Reflect.get(owner, name);
  return typeof value === 'function' ? value.bind(owner) : value;
}

async function boundedText(body: ReadableStream<Uint8Array>, provider: string): Promise<string> {
  const reader = body.getReader();
  const count = counter(reader, provider);
  const chunks: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return UTF8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    count(value);
    chunks.push(value);
  }
}

function boundedStream(body: ReadableStream<Uint8Array>, provider: string): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const count = counter(reader, provider);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        count(value);
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Counts what is read; beyond the bound it leaves the rest of the body there and throws. */
function counter(reader: ReadableStreamDefaultReader, provider: string): (chunk: Uint8Array) => void {
  let bytes = 0;
  return ({ length }) => {
    bytes += length;
    if (bytes <= MOST_ANSWER_BYTES) return;
    reader.cancel().catch(() => {});
    const detail = `the answer has more than ${MOST_ANSWER_BYTES} bytes, which no model writes; check \`baseURL\``;
    throw toLlmError('invalid_output', { provider, detail, code: 'TOO_LARGE' });
  };
}
