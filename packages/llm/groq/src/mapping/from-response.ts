import type { GenerateResult, ToolCall } from '@drydock/llm';
import { completeResult, malformed, parseArguments, type RequestContext } from '@drydock/llm/provider-kit';
import type { ChatCompletion } from 'groq-sdk/resources/chat/completions';
import { toFinishReason } from './finish-reasons.js';
import { toUsage } from './usage.js';

/** What came over the wire, which need not be what the document promises. */
type Received = Partial<Omit<ChatCompletion, 'choices'>> & {
  readonly choices?: readonly Partial<ChatCompletion.Choice>[];
};

/** A whole answer. */
export function fromResponse(
  answer: Received | string | null | undefined,
  context: RequestContext & { model: string },
): GenerateResult {
  if (typeof answer !== 'object' || answer === null) throw malformed(context);
  const [choice] = answer.choices ?? [];
  const message = choice?.message;
  const content = message?.content ?? '';
  if (!choice || !message || typeof content !== 'string') throw malformed(context);
  const usage = toUsage(answer.usage, context.model);
  const finishReason = toFinishReason(choice.finish_reason, context, usage);
  return completeResult(
    {
      text: content,
      toolCalls: (message.tool_calls ?? []).map(({ id, function: { name, arguments: text } }): ToolCall => {
        return { id, name, arguments: parseArguments(text, context, usage) };
      }),
      ...(finishReason && { finishReason }),
      ...(usage && { usage }),
      ...(answer.model && { model: answer.model }),
      ...(answer.id && { responseId: answer.id }),
    },
    context,
  );
}
