import { canonicalRequest } from './canonical-request.js';
import type { RecordedChunk, RecordedRequest, RecordedResponse } from './cassette.js';
import { CassetteError } from './cassette-error.js';
import { writeCassette } from './cassette-file.js';
import { encodeChunk } from './chunks.js';
import { refuseSecrets, type Secrets } from './refuse-secrets.js';

const KEPT_HEADERS = ['content-type', 'retry-after'];

interface RecordOptions {
  readonly file: string;
  readonly secrets: Secrets;
  readonly send: typeof fetch;
  readonly headers: readonly string[];
}

interface Recording {
  readonly request: RecordedRequest;
  response?: RecordedResponse;
}

/** A fetch that sends, and on `close` writes what came back. */
export function record({ file, secrets, send, headers }: RecordOptions): {
  fetch: typeof globalThis.fetch;
  close: () => void;
} {
  if (!Object.values(secrets).some(Boolean)) throw withoutKey(file, Object.keys(secrets));
  const kept = [...KEPT_HEADERS, ...headers];
  const recordings: Recording[] = [];

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const recording: Recording = { request: await canonicalRequest(request.clone()) };
    recordings.push(recording);
    const response = await send(request);
    const head = {
      status: response.status,
      headers: Object.fromEntries([...response.headers].filter(([name]) => kept.includes(name))),
    };
    const body = tee(response.body, (chunks) => {
      recording.response = { ...head, chunks };
    });
    return new Response(body, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };

  const close = () => {
    const exchanges = recordings.map(({ request, response }, index) => {
      if (!response) throw incomplete(request, index);
      return { request, response };
    });
    refuseSecrets(exchanges, secrets);
    writeCassette(file, { version: 1, recordedAt: new Date().toISOString(), exchanges });
  };
  return { fetch, close };
}

/** The same body; `whole` is called with its chunks when it was read to its end. */
function tee(
  body: ReadableStream<Uint8Array> | null,
  whole: (chunks: RecordedChunk[]) => void,
): ReadableStream<Uint8Array> | null {
  const chunks: RecordedChunk[] = [];
  if (!body) {
    whole(chunks);
    return null;
  }
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        chunks.push(encodeChunk(chunk));
        controller.enqueue(chunk);
      },
      flush: () => whole(chunks),
    }),
  );
}

function withoutKey(file: string, names: readonly string[]): CassetteError {
  const which =
    names.length === 0 ? 'Give it in `secrets` by its variable’s name' : `Set ${names.join(' or ')}`;
  return new CassetteError('CASSETTE_NO_KEY', `${file} cannot be recorded without a key. ${which}.`);
}

function incomplete({ method, path }: RecordedRequest, index: number): CassetteError {
  return new CassetteError(
    'CASSETTE_INCOMPLETE',
    `Nothing was written: exchange ${index + 1}, ${method} ${path}, failed or was not read to its end.`,
  );
}
