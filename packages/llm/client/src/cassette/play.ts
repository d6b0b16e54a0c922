import { createRedactor } from '@drydock/redaction';
import { canonicalRequest, keyOf } from './canonical-request.js';
import type { Cassette, RecordedResponse } from './cassette.js';
import { CassetteError } from './cassette-error.js';
import { decodeChunk } from './chunks.js';
import { diffToNearest } from './nearest-exchange.js';
import type { Secrets } from './refuse-secrets.js';

/** Statuses whose responses have no body. */
const WITHOUT_BODY = [204, 205, 304];

interface PlayOptions {
  readonly file: string;
  readonly secrets: Secrets;
  readonly allowUnused: boolean;
}

/** A fetch that answers from the cassette and never sends. */
export function play(
  cassette: Cassette,
  options: PlayOptions,
): { fetch: typeof globalThis.fetch; close: () => void } {
  const left = cassette.exchanges.map((exchange) => ({ exchange, key: keyOf(exchange.request) }));
  let firstMiss: CassetteError | undefined;

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const canonical = await canonicalRequest(request);
    const key = keyOf(canonical);
    const match = left.findIndex((candidate) => candidate.key === key);
    const [found] = match === -1 ? [] : left.splice(match, 1);
    if (found) return respond(found.exchange.response, request.signal);
    const error = miss(diffToNearest(canonical, cassette.exchanges), options);
    firstMiss ??= error;
    throw error;
  };

  const close = () => {
    if (firstMiss) throw firstMiss;
    if (left.length > 0 && !options.allowUnused) throw unused(left.length, options.file);
  };
  return { fetch, close };
}

function respond({ status, headers, chunks }: RecordedResponse, signal: AbortSignal): Response {
  return new Response(WITHOUT_BODY.includes(status) ? null : bodyOf(chunks.map(decodeChunk), signal), {
    status,
    headers,
  });
}

/** One chunk a pull, so that each arrives by itself; ends with the signal's reason when that fires. */
function bodyOf(chunks: Uint8Array[], signal: AbortSignal): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        signal.addEventListener('abort', () => controller.error(signal.reason), { once: true });
      },
      pull(controller) {
        const chunk = chunks[next];
        next += 1;
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

function miss(diff: string, { file, secrets }: PlayOptions): CassetteError {
  const values = Object.values(secrets).filter((value) => value !== undefined);
  const advice = 'Record the cassette again, or fix the request.';
  return new CassetteError(
    'CASSETTE_MISS',
    `${file} has no answer to this request, or has given it already. ${advice}\n${createRedactor({ values }).text(diff)}`,
  );
}

function unused(count: number, file: string): CassetteError {
  const exchanges = count === 1 ? '1 exchange was' : `${count} exchanges were`;
  return new CassetteError(
    'CASSETTE_UNUSED',
    `${exchanges} never requested of ${file}. Record it again, or allow it with allowUnused.`,
  );
}
