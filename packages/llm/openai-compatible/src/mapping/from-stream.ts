import type { StreamEvent } from '@drydock/llm';
import {
  CarriedFailure,
  type ChatAnswer,
  fieldOf,
  type ModelList,
  readChatChunk,
  type StreamAssembly,
} from '@drydock/llm/provider-kit';

/** A chunk, or the error that ends the stream. */
export interface ServerChunk extends ChatAnswer {
  readonly error?: unknown;
}

/**
 * The events of one chunk of a stream.
 *
 * @throws CarriedFailure for a chunk that is an error; many servers put a status where OpenAI has the code.
 */
export function* fromStream(
  chunk: ServerChunk,
  assembly: StreamAssembly,
  list: ModelList,
): Iterable<StreamEvent> {
  if (chunk.error != null) {
    const status = Number(fieldOf(chunk.error, 'code'));
    const isStatus = status >= 400 && status < 600;
    throw new CarriedFailure({ answer: { body: chunk, ...(isStatus && { status }) } });
  }
  yield* readChatChunk(chunk, assembly, list);
}
