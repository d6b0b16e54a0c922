import { closedObject, type RequestShapes } from '@drydock/llm/wire';

const TEXT = { type: 'string' };
const COUNT = { type: 'integer', minimum: 1 };
const OBJECT = { type: 'object' };

const list = (items: object, minItems = 1) => ({ type: 'array', items, minItems });

const CALL = closedObject({ id: TEXT, name: TEXT, args: OBJECT });
const RESULT = closedObject({ id: TEXT, name: { type: 'string', minLength: 1 }, response: OBJECT });

const PART = {
  oneOf: [
    closedObject({ text: TEXT }),
    closedObject({ functionCall: CALL, 'thoughtSignature?': TEXT }),
    closedObject({ functionResponse: RESULT }),
  ],
};
const TURN = closedObject({ role: { enum: ['user', 'model'] }, parts: list(PART) });
const TEXTS = list(closedObject({ text: TEXT }));

const TOOL = closedObject({
  functionDeclarations: list(
    closedObject({
      name: { type: 'string', pattern: '^[a-zA-Z_][\\w.:-]{0,127}$' },
      'description?': TEXT,
      parametersJsonSchema: OBJECT,
    }),
  ),
});

const CONFIG = {
  ...closedObject({
    'maxOutputTokens?': COUNT,
    'temperature?': { type: 'number', minimum: 0, maximum: 2 },
    'stopSequences?': { ...list(TEXT), maxItems: 5 },
    'topP?': { type: 'number', minimum: 0, maximum: 1 },
    'seed?': { type: 'integer' },
    'topK?': COUNT,
    'presencePenalty?': { type: 'number' },
    'frequencyPenalty?': { type: 'number' },
    'responseLogprobs?': { type: 'boolean' },
    'logprobs?': { type: 'integer' },
    'enableEnhancedCivicAnswers?': { type: 'boolean' },
    'mediaResolution?': TEXT,
    'responseModalities?': list(TEXT),

    'thinkingConfig?': closedObject({
      'thinkingBudget?': { type: 'integer' },
      'thinkingLevel?': { enum: ['minimal', 'low', 'medium', 'high'] },
    }),
    'responseMimeType?': { const: 'application/json' },
    'responseJsonSchema?': OBJECT,
  }),
  dependentRequired: { responseJsonSchema: ['responseMimeType'] },
};

const SAFETY = closedObject({
  category: { type: 'string', pattern: '^HARM_CATEGORY_' },
  threshold: {
    enum: ['BLOCK_LOW_AND_ABOVE', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_ONLY_HIGH', 'BLOCK_NONE', 'OFF'],
  },
});

/** What the SDK sends unasked is empty. */
const GENERATE = {
  contents: list(TURN, 1),
  'systemInstruction?': closedObject({ role: { const: 'system' }, parts: TEXTS }),
  'tools?': list(TOOL),
  'toolConfig?': closedObject({
    functionCallingConfig: closedObject({
      mode: { enum: ['AUTO', 'ANY', 'NONE'] },
      'allowedFunctionNames?': list({ type: 'string' }),
    }),
  }),
  'cachedContent?': { type: 'string' },
  'generationConfig?': CONFIG,
  'safetySettings?': list(SAFETY, 0),
  'serviceTier?': TEXT,
  'store?': { type: 'boolean' },
};
const COUNTED = {
  ...GENERATE,
  model: { type: 'string', pattern: '^models/' },
  'systemInstruction?': closedObject({ 'role?': { const: 'system' }, parts: TEXTS }),
};

const EMBED = closedObject({
  model: { type: 'string', pattern: '^models/' },
  content: closedObject({ parts: TEXTS }),
  'outputDimensionality?': COUNT,
});

/** Bodies of the requests that the provider sends; what it has no use for is left out, and would be found. */
export const GEMINI_REQUESTS: RequestShapes = {
  document: 'the reference of the Gemini API, v1beta, https://ai.google.dev/api/generate-content',
  asOf: '2026-11-23',
  requests: [
    { method: 'POST', path: /^\/v1beta\/models\/[\w.-]+:generateContent$/, body: closedObject(GENERATE) },
    {
      method: 'POST',
      path: /^\/v1beta\/models\/[\w.-]+:streamGenerateContent$/,
      query: ['alt'],
      body: closedObject(GENERATE),
    },
    {
      method: 'POST',
      path: /^\/v1beta\/models\/[\w.-]+:countTokens$/,
      body: closedObject({ generateContentRequest: closedObject(COUNTED) }),
    },
    {
      method: 'POST',
      path: /^\/v1beta\/models\/[\w.-]+:batchEmbedContents$/,
      body: closedObject({ requests: list(EMBED) }),
    },
    { method: 'GET', path: /^\/v1beta\/models$/, query: ['pageSize', 'pageToken'] },
  ],
};
