import type { ToolCall } from '@drydock/llm';
import type { Part } from '../api.js';

const SIGNATURE = '#thought=';
/** Signature that the service's document names for a call that another model made: https://ai.google.dev/gemini-api/docs/thought-signatures. */
const SIGNATURE_OF_OTHERS = 'skip_thought_signature_validator';

/** A tool call whose id also carries the model's signature, which the service requires with the next turn. */
export function toToolCall({ functionCall, thoughtSignature }: Part, index: number): ToolCall | undefined {
  if (!functionCall) return undefined;
  const { name, args } = functionCall;
  const id = functionCall.id || `${name}-${index}`;
  return { id: thoughtSignature ? `${id}${SIGNATURE}${thoughtSignature}` : id, name, arguments: args ?? {} };
}

/** The tool calls of one turn as they are sent back; the first of them has to have a signature. */
export function fromToolCalls(calls: readonly ToolCall[]): Part[] {
  return calls.map(({ id, name, arguments: args }, index) => {
    const [, signature = index === 0 ? SIGNATURE_OF_OTHERS : undefined] = id.split(SIGNATURE);
    const functionCall = { id: wireId(id), name, args: args ?? {} };
    return signature === undefined ? { functionCall } : { functionCall, thoughtSignature: signature };
  });
}

/** The id that the service gave the call. */
export function wireId(id: string): string {
  return id.split(SIGNATURE)[0] as string;
}
