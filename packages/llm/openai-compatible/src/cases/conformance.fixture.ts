import { atOrigin, type ProviderSubject } from '@drydock/llm/conformance';
import { createOpenAICompatibleProvider } from '../provider.js';
import type { OpenAICompatibleRequestOptions } from '../request-options.js';
import { OPENAI_COMPATIBLE_WIRE } from './wire.fixture.js';

/** OpenAI before the cases that all providers share. */
export const OPENAI_COMPATIBLE: ProviderSubject = {
  name: 'openai-compatible',
  capabilities: { embed: true, countTokens: false, nativeSchema: true },
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
    safety_identifier: 'somebody',
    prompt_cache_key: 'a-key-of-a-cache',
    prompt_cache_retention: '24h',
    verbosity: 'low',
    prediction: { type: 'content', content: 'It is' },
    web_search_options: {},
  } satisfies OpenAICompatibleRequestOptions,
  // The base URL stays OpenAI's own: other servers are spoken to in another way.
  create: ({ origin, fetch, ...options }) =>
    createOpenAICompatibleProvider({ ...options, fetch: atOrigin(fetch, origin) }),
  wire: OPENAI_COMPATIBLE_WIRE,
};
