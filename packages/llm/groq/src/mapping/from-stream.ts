import { type StreamEvent, toLlmError } from '@drydock/llm';
import {
  type ChatAnswer,
  type ChatUsage,
  type ModelList,
  readChatChunk,
  type StreamAssembly,
} from '@drydock/llm/provider-kit';

/** A chunk as Groq sends it: with the usage, and an error that ends the stream, in a member of its own. */
export interface GroqChunk extends ChatAnswer {
  readonly x_groq?: { readonly usage?: ChatUsage; readonly error?: string } | null;
}

/** The events of one chunk of a stream. */
export function* fromStream(
  { x_groq: own, ...chunk }: GroqChunk,
  assembly: StreamAssembly,
  list: ModelList,
): Iterable<StreamEvent> {
  yield* readChatChunk({ ...chunk, usage: own?.usage ?? chunk.usage }, assembly, list);
  if (!own?.error) return;
  const { context, usage } = assembly;
  const detail = 'the service stopped its answer early';
  throw toLlmError('unavailable', { ...context, usage, detail, retriable: true });
}
