import type { StreamEvent } from '@drydock/llm';
import { readChatChunk, type StreamAssembly } from '@drydock/llm/provider-kit';
import type { CompletionEvent } from '@mistralai/mistralai/models/components';
import { MISTRAL_MODELS } from '../models.js';
import { fromSdkWords } from './sdk-words.js';

/** The text and tool calls of one event of a stream. */
export function fromStream({ data }: CompletionEvent, assembly: StreamAssembly): Iterable<StreamEvent> {
  return readChatChunk(fromSdkWords(data), assembly, MISTRAL_MODELS);
}
