import { atOrigin, type ProviderSubject } from '@drydock/llm/conformance';
import { createGroqProvider } from '../provider.js';
import type { GroqRequestOptions } from '../request-options.js';
import { GROQ_WIRE } from './wire.fixture.js';

/** Groq before the cases that all providers share. */
export const GROQ: ProviderSubject = {
  name: 'groq',
  capabilities: { embed: false, countTokens: false, nativeSchema: true },
  ownOptions: {
    user: 'somebody',
    frequency_penalty: 0.5,
    presence_penalty: 0.5,
    parallel_tool_calls: false,
    logit_bias: {},
    logprobs: false,
    top_logprobs: 1,
    metadata: { run: '1' },
    store: false,
    service_tier: 'flex',
    include_reasoning: false,
    reasoning_format: 'parsed',
    citation_options: 'disabled',
    disable_tool_validation: false,
    documents: [],
    search_settings: {},
    include_domains: [],
    exclude_domains: [],
    compound_custom: {},
  } satisfies GroqRequestOptions,
  // The base URL stays Groq's own: other servers are spoken to in another way.
  create: ({ origin, fetch, ...options }) =>
    createGroqProvider({ ...options, fetch: atOrigin(fetch, origin) }),
  wire: GROQ_WIRE,
};
