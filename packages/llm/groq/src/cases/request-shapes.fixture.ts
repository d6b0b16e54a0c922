import { chatApiBody } from '@drydock/llm/conformance';
import type { RequestShapes } from '@drydock/llm/wire';

const TRUE_OR_FALSE = { type: 'boolean' };
const TEXTS = { type: 'array', items: { type: 'string' } };

/** Members that Groq alone documents. */
const OWN = {
  'include_reasoning?': TRUE_OR_FALSE,
  'reasoning_format?': { enum: ['hidden', 'raw', 'parsed'] },
  'citation_options?': { enum: ['enabled', 'disabled'] },
  'disable_tool_validation?': TRUE_OR_FALSE,
  'documents?': { type: 'array', items: { type: 'object' } },
  'search_settings?': { type: 'object' },
  'include_domains?': TEXTS,
  'exclude_domains?': TEXTS,
  'compound_custom?': { type: 'object' },
};

/** Requests that the provider sends; what it has no use for is left out, and would be found. */
export const GROQ_REQUESTS: RequestShapes = {
  document: "Groq's API reference, https://console.groq.com/docs/api-reference",
  asOf: '2026-11-23',
  requests: [
    {
      method: 'POST',
      path: /^\/openai\/v1\/chat\/completions$/,
      // `stream_options` is OpenAI's: sent to other servers only.
      body: chatApiBody(['none', 'default', 'low', 'medium', 'high'], OWN),
    },
    { method: 'GET', path: /^\/openai\/v1\/models$/ },
  ],
};
