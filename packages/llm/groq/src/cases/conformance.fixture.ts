import { atOrigin, type ProviderSubject } from '@drydock/llm/conformance';
import { createGroqProvider } from '../provider.js';
import { GROQ_WIRE } from './wire.fixture.js';

/** Groq before the cases that all providers share. */
export const GROQ: ProviderSubject = {
  name: 'groq',
  capabilities: { embed: false, countTokens: false, nativeSchema: true },
  ownOptions: { user: 'somebody' },
  // The base URL stays Groq's own: other servers are spoken to in another way.
  create: ({ origin, fetch, ...options }) =>
    createGroqProvider({ ...options, fetch: atOrigin(fetch, origin) }),
  wire: GROQ_WIRE,
};
