import type { StreamEvent } from '@drydock/llm';
import type { StreamAssembly } from '@drydock/llm/provider-kit';
import type { CompletionEvent, ToolCall } from '@mistralai/mistralai/models/components';
import { textOf } from './content.js';
import { toFinishReason } from './finish-reasons.js';
import { toUsage } from './usage.js';

/** Reads one event of a stream. */
export function* fromStream({ data }: CompletionEvent, assembly: StreamAssembly): Iterable<StreamEvent> {
  const { context } = assembly;
  assembly.responseId ??= data.id;
  assembly.model ??= data.model;
  assembly.usage = toUsage(data.usage, context.model ?? '') ?? assembly.usage;
  const [choice] = data.choices;
  if (!choice) return;
  const text = textOf(choice.delta.content);
  if (text !== '') yield { type: 'text', text };
  for (const call of choice.delta.toolCalls ?? []) addToolCall(call, assembly);
  assembly.finishReason ??= toFinishReason(choice.finishReason, context, assembly.usage);
}

/** What the SDK puts where an id is missing, as of the later parts of a call. */
const NO_ID = 'null';

function addToolCall({ id = NO_ID, index = 0, function: called }: ToolCall, assembly: StreamAssembly): void {
  const { name, arguments: args } = called;
  assembly.addToolCall(index, {
    ...(id !== NO_ID && { id }),
    name,
    arguments: typeof args === 'string' ? args : JSON.stringify(args),
  });
}
