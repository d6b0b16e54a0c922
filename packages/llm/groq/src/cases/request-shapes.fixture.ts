import { chatApiBody } from '@drydock/llm/conformance';
import type { RequestShapes } from '@drydock/llm/wire';

/** Requests that the provider sends; what it has no use for is left out, and would be found. */
export const GROQ_REQUESTS: RequestShapes = {
  document: "Groq's API reference, https://console.groq.com/docs/api-reference",
  asOf: '2026-11-23',
  requests: [
    {
      method: 'POST',
      path: /^\/openai\/v1\/chat\/completions$/,
      // `stream_options` is OpenAI's: sent to other servers only.
      body: chatApiBody(['none', 'default', 'low', 'medium', 'high']),
    },
    { method: 'GET', path: /^\/openai\/v1\/models$/ },
  ],
};
