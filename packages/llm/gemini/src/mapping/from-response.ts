import type { GenerateResult, RequestContext } from '@drydock/llm';
import { completeResult, type ModelList, malformed, StreamAssembly } from '@drydock/llm/provider-kit';
import type { GenerateContentAnswer } from '../api.js';
import { failed, fromStream } from './from-stream.js';

/** A whole answer, read as a stream of one event. */
export function fromResponse(
  answer: GenerateContentAnswer | null,
  context: RequestContext,
  list: ModelList,
): GenerateResult {
  if (typeof answer !== 'object' || answer === null) throw malformed(context);
  const assembly = new StreamAssembly(context);
  const events = [...fromStream(list)(answer, assembly)];
  if (!answer.candidates?.length) {
    const detail = 'the answer is empty, and does not say why';
    throw failed(assembly, { kind: 'invalid_output', detail, code: 'NO_CANDIDATE', retriable: true });
  }
  return completeResult(
    {
      ...assembly,
      text: events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
      toolCalls: events.flatMap((event) => (event.type === 'tool_call' ? [event.toolCall] : [])),
    },
    context,
  );
}
