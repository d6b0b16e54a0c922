import { closedObject, type RequestShapes } from '@drydock/llm/wire';

const TEXT = { type: 'string' };
const OBJECT = { type: 'object' };
const MODEL = { type: 'string', pattern: '^models/' };

const PART = {
  oneOf: [
    closedObject({ text: TEXT }),
    closedObject({
      functionCall: closedObject({ 'id?': TEXT, name: TEXT, 'args?': OBJECT }),
      'thoughtSignature?': TEXT,
    }),
    closedObject({ functionResponse: closedObject({ 'id?': TEXT, name: TEXT, response: OBJECT }) }),
  ],
};

const CONTENT = closedObject({
  'role?': { enum: ['user', 'model'] },
  parts: { type: 'array', items: PART, minItems: 1 },
});

const TOOL = closedObject({
  functionDeclarations: {
    type: 'array',
    items: closedObject({ name: TEXT, 'description?': TEXT, 'parametersJsonSchema?': OBJECT }),
    minItems: 1,
  },
});

const CONFIG = closedObject({
  'maxOutputTokens?': { type: 'integer', minimum: 1 },
  'temperature?': { type: 'number', minimum: 0, maximum: 2 },
  'stopSequences?': { type: 'array', items: TEXT, maxItems: 5 },
  'responseMimeType?': { const: 'application/json' },
  'responseJsonSchema?': OBJECT,
});

const GENERATE = {
  contents: { type: 'array', items: CONTENT, minItems: 1 },
  'systemInstruction?': CONTENT,
  'tools?': { type: 'array', items: TOOL },
  'generationConfig?': CONFIG,
};

const EMBED = closedObject({
  model: MODEL,
  content: CONTENT,
  'outputDimensionality?': { type: 'integer', minimum: 1 },
});

/** Path of a method of a model. */
function method(name: string): RegExp {
  return new RegExp(`^/v1beta/models/[^/:]+:${name}$`);
}

/** Bodies of the requests that the provider sends; what it has no use for is left out, and would be found. */
export const GEMINI_REQUESTS: RequestShapes = {
  document: "the Gemini API's reference of v1beta, https://ai.google.dev/api/generate-content",
  asOf: '2026-11-23',
  requests: [
    { method: 'POST', path: method('generateContent'), body: closedObject(GENERATE) },
    { method: 'POST', path: method('streamGenerateContent'), query: ['alt'], body: closedObject(GENERATE) },
    {
      method: 'POST',
      path: method('countTokens'),
      body: closedObject({ generateContentRequest: closedObject({ model: MODEL, ...GENERATE }) }),
    },
    {
      method: 'POST',
      path: method('batchEmbedContents'),
      body: closedObject({ requests: { type: 'array', items: EMBED, minItems: 1 } }),
    },
    { method: 'GET', path: /^\/v1beta\/models$/, query: ['pageSize', 'pageToken'] },
  ],
};
