import type { ToolCall } from '@drydock/llm';
import type { Part } from '../api.js';

const SIGNATURE = '#thought=';
/** What the service's documents tell to send for a call that another model made: https://ai.google.dev/gemini-api/docs/thought-signatures. */
const SIGNATURE_OF_OTHERS = 'skip_thought_signature_validator';

/** A call with an id that also carries the model's signature, which has to come back with the conversation. */
export function toToolCall({ functionCall, thoughtSignature }: Part, index: number): ToolCall | undefined {
  if (!functionCall) return undefined;
  const { id = `${functionCall.name}-${index}`, name, args = {} } = functionCall;
  return { id: thoughtSignature ? `${id}${SIGNATURE}${thoughtSignature}` : id, name, arguments: args };
}

/** Calls of one turn as they are sent back; the first of them has to be signed. */
export function fromToolCalls(calls: readonly ToolCall[]): Part[] {
  return calls.map(({ id, name, arguments: args }, index) => {
    const [, signature = index === 0 ? SIGNATURE_OF_OTHERS : undefined] = id.split(SIGNATURE);
    const functionCall = { id: wireId(id), name, args };
    return signature === undefined ? { functionCall } : { functionCall, thoughtSignature: signature };
  });
}

/** The id as the service knows it. */
export function wireId(id: string): string {
  return id.split(SIGNATURE)[0] as string;
}
