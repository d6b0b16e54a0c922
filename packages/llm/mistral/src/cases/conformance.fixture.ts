import { atOrigin, type ProviderSubject } from '@drydock/llm/conformance';
import { createMistralProvider } from '../provider.js';
import type { MistralRequestOptions } from '../request-options.js';
import { MISTRAL_WIRE } from './wire.fixture.js';

/** Mistral before the cases that all providers share. */
export const MISTRAL: ProviderSubject = {
  name: 'mistral',
  capabilities: { embed: true, countTokens: false, nativeSchema: true },
  ownOptions: {
    safe_prompt: true,
    frequency_penalty: 0.5,
    presence_penalty: 0.5,
    parallel_tool_calls: false,
    metadata: { run_id: '1' },
    prediction: { type: 'content', content: 'It is' },
    prompt_mode: 'reasoning',
    prompt_cache_key: 'a-key-of-a-cache',
  } satisfies MistralRequestOptions,
  // The base URL stays Mistral's own: other servers are spoken to in another way.
  create: ({ origin, fetch, ...options }) =>
    createMistralProvider({ ...options, fetch: atOrigin(fetch, origin) }),
  wire: MISTRAL_WIRE,
};
