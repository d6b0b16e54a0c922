import { CarriedFailure, fieldOf, parseJson, rewrittenEvents } from '@drydock/llm/provider-kit';

/**
 * The same events, read before the SDK does: it takes an error among them for a broken event and keeps nothing of it.
 *
 * @throws CarriedFailure within the stream, at an event that is an error.
 */
export function watchedEvents(
  body: ReadableStream<Uint8Array>,
  change: (event: string) => string,
): ReadableStream<Uint8Array> {
  return rewrittenEvents(body, (event) => {
    throwIfError(event);
    return change(event);
  });
}

function throwIfError(event: string): void {
  // Only events that have the word in them are worth parsing.
  if (!event.includes('"error"')) return;
  const body = parseJson(event);
  if (fieldOf(body, 'error') == null && fieldOf(body, 'object') !== 'error') return;
  const status = fieldOf(body, 'raw_status_code');
  throw new CarriedFailure({ answer: { body, ...(typeof status === 'number' && { status }) } });
}
