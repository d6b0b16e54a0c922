import type {
  GenerateRequest,
  JsonSchema,
  Message,
  Reasoning,
  SafetyCategory,
  SafetySetting,
  SafetyThreshold,
} from '@drydock/llm';
import type { Content, GenerateContentBody, Part } from '../api.js';
import type { GeminiRequestOptions } from '../request-options.js';
import { fromToolCalls, wireId } from './thought-signature.js';

/** What a body is made of; the model stands in the path. */
interface BodyParts {
  readonly request: GenerateRequest;
  readonly output?: { readonly schema: JsonSchema } | undefined;
}

/** Body of a request for an answer. */
export function toRequest({ request, output }: BodyParts): GenerateContentBody {
  const { system, messages, tools, maxOutputTokens, temperature, stop, topP, seed, reasoning } = request;
  const { generationConfig, ...own }: GeminiRequestOptions = request.providerOptions?.gemini ?? {};
  return {
    contents: toContents(messages),
    ...(system !== undefined && { systemInstruction: { parts: [{ text: system }] } }),
    ...(tools?.length && { tools: [{ functionDeclarations: tools.map(toDeclaration) }] }),
    ...(request.toolChoice !== undefined && { toolConfig: toToolConfig(request.toolChoice) }),
    ...(request.safety?.length && { safetySettings: request.safety.map(toSafetySetting) }),
    ...own,
    generationConfig: {
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
      ...(temperature !== undefined && { temperature }),
      ...(stop?.length && { stopSequences: stop }),
      ...(topP !== undefined && { topP }),
      ...(seed !== undefined && { seed }),
      ...(reasoning && { thinkingConfig: toThinking(reasoning) }),
      ...(output && { responseMimeType: 'application/json', responseJsonSchema: output.schema }),
      ...generationConfig,
    },
  };
}

const CATEGORIES: Readonly<Record<SafetyCategory, string>> = {
  harassment: 'HARM_CATEGORY_HARASSMENT',
  hate: 'HARM_CATEGORY_HATE_SPEECH',
  sexual: 'HARM_CATEGORY_SEXUALLY_EXPLICIT',
  dangerous: 'HARM_CATEGORY_DANGEROUS_CONTENT',
};
const THRESHOLDS: Readonly<Record<SafetyThreshold, string>> = {
  low: 'BLOCK_LOW_AND_ABOVE',
  medium: 'BLOCK_MEDIUM_AND_ABOVE',
  high: 'BLOCK_ONLY_HIGH',
  none: 'BLOCK_NONE',
  off: 'OFF',
};

/** https://ai.google.dev/api/generate-content#safetysetting */
function toSafetySetting({ category, threshold }: SafetySetting): object {
  return { category: CATEGORIES[category], threshold: THRESHOLDS[threshold] };
}

function toToolConfig(choice: NonNullable<GenerateRequest['toolChoice']>): object {
  const mode = typeof choice === 'object' || choice === 'required' ? 'ANY' : choice.toUpperCase();
  const names = typeof choice === 'object' ? { allowedFunctionNames: [choice.name] } : {};
  return { functionCallingConfig: { mode, ...names } };
}

/** The service has no word for no reasoning, but a budget of none. */
function toThinking({ effort, budgetTokens = effort === 'none' ? 0 : undefined }: Reasoning): object {
  return budgetTokens === undefined ? { thinkingLevel: effort } : { thinkingBudget: budgetTokens };
}

function toDeclaration({ name, description, parameters }: NonNullable<GenerateRequest['tools']>[number]) {
  return { name, ...(description !== undefined && { description }), parametersJsonSchema: parameters };
}

/** The turns of a conversation; the results of tool calls that were made together have to be in one turn. */
function toContents(messages: readonly Message[]): Content[] {
  const contents: { role: 'user' | 'model'; parts: Part[]; results: boolean }[] = [];
  for (const [index, message] of messages.entries()) {
    const results = message.role === 'tool';
    const parts = toParts(message, messages.slice(0, index));
    const last = contents.at(-1);
    if (results && last?.results) last.parts.push(...parts);
    else contents.push({ role: message.role === 'assistant' ? 'model' : 'user', parts, results });
  }
  return contents.map(({ role, parts }) => ({ role, parts }));
}

function toParts(message: Message, before: readonly Message[]): Part[] {
  if (message.role === 'tool') return [toResult(message, before)];
  if (message.role === 'user') return [{ text: message.content }];
  const calls = fromToolCalls(message.toolCalls ?? []);
  // A turn without any part is refused.
  return message.content === '' && calls.length > 0 ? calls : [{ text: message.content }, ...calls];
}

function toResult(message: Extract<Message, { role: 'tool' }>, before: readonly Message[]): Part {
  const { toolCallId, content } = message;
  const called = before
    .flatMap((earlier) => (earlier.role === 'assistant' ? (earlier.toolCalls ?? []) : []))
    .findLast(({ id }) => id === toolCallId);
  const name = message.name ?? called?.name ?? '';
  return { functionResponse: { id: wireId(toolCallId), name, response: toObject(content) } };
}

/** The result of a tool as an object, since the API takes nothing else. */
function toObject(content: string): object {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The result is a plain text.
  }
  return { result: content };
}
