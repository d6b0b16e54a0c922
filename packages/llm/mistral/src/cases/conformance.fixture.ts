import { atOrigin, type ProviderSubject } from '@drydock/llm/conformance';
import { createMistralProvider } from '../provider.js';
import { MISTRAL_WIRE } from './wire.fixture.js';

/** Mistral before the cases that all providers share. */
export const MISTRAL: ProviderSubject = {
  name: 'mistral',
  capabilities: { embed: true, countTokens: false, nativeSchema: true },
  ownOptions: { safe_prompt: true },
  // The base URL stays Mistral's own: other servers are spoken to in another way.
  create: ({ origin, fetch, ...options }) =>
    createMistralProvider({ ...options, fetch: atOrigin(fetch, origin) }),
  wire: MISTRAL_WIRE,
};
