import { atOrigin, type ProviderSubject } from '@drydock/llm/conformance';
import { createOpenAICompatibleProvider } from '../provider.js';
import { OPENAI_COMPATIBLE_WIRE } from './wire.fixture.js';

/** OpenAI before the cases that all providers share. */
export const OPENAI_COMPATIBLE: ProviderSubject = {
  name: 'openai-compatible',
  capabilities: { embed: true, countTokens: false, nativeSchema: true },
  ownOptions: { user: 'somebody' },
  // The base URL stays OpenAI's own: other servers are spoken to in another way.
  create: ({ origin, fetch, ...options }) =>
    createOpenAICompatibleProvider({ ...options, fetch: atOrigin(fetch, origin) }),
  wire: OPENAI_COMPATIBLE_WIRE,
};
