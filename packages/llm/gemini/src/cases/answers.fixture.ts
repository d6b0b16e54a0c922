/** Hand-made after https://ai.google.dev/api/generate-content and https://cloud.google.com/apis/design/errors; none was recorded. */
import { eventStream, jsonAnswer, type WireAnswer } from '@drydock/llm/wire';

/** Tokens that the answers below say they used. */
export const USAGE_METADATA = {
  promptTokenCount: 10,
  cachedContentTokenCount: 4,
  candidatesTokenCount: 5,
  thoughtsTokenCount: 7,
  totalTokenCount: 22,
};

/** A candidate of the given parts that ends for the given reason, if it ends. */
export function candidate(parts: readonly object[], finishReason?: string) {
  return { content: { role: 'model', parts }, index: 0, ...(finishReason && { finishReason }) };
}

/** An answer of one text. */
export function textAnswer(text: string, finishReason = 'STOP') {
  return {
    candidates: [candidate([{ text }], finishReason)],
    usageMetadata: USAGE_METADATA,
    modelVersion: 'gemini-3.8-flash-001',
    responseId: 'r-1',
  };
}

/** A stream of texts, ended as usual. */
export function textStream(texts: readonly string[], answer: Omit<WireAnswer, 'chunks'> = {}) {
  const events = texts.map((text) => ({
    candidates: [candidate([{ text }])],
    usageMetadata: USAGE_METADATA,
  }));
  return eventStream([...events, textAnswer('')], answer);
}

/** Body of an error. */
export function errorBody(code: number, status: string, details: readonly object[] = [], message = 'no') {
  return { error: { code, message, status, details } };
}

/** An answer that is an error. */
export function errorAnswer(code: number, status: string, ...details: object[]): WireAnswer {
  return jsonAnswer(errorBody(code, status, details), { status: code });
}

/** A detail of an error. */
export function detail(type: string, fields: object): object {
  return { '@type': `type.googleapis.com/google.rpc.${type}`, ...fields };
}
