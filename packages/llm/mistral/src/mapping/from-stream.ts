import type { StreamEvent } from '@drydock/llm';
import { type ModelList, readChatChunk, type StreamAssembly } from '@drydock/llm/provider-kit';
import type { CompletionEvent } from '@mistralai/mistralai/models/components';
import { fromSdkWords } from './sdk-words.js';

/** The text and tool calls of one event of a stream. */
export function fromStream(
  { data }: CompletionEvent,
  assembly: StreamAssembly,
  list: ModelList,
): Iterable<StreamEvent> {
  return readChatChunk(fromSdkWords(data), assembly, list);
}
