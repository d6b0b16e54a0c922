import type { ProviderSubject } from '@drydock/llm/conformance';
import { createGroqProvider } from '../provider.js';
import { GROQ_WIRE } from './wire.fixture.js';

/** Groq before the cases that all providers share. */
export const GROQ: ProviderSubject = {
  name: 'groq',
  capabilities: { embed: false, countTokens: false, nativeSchema: true },
  create: ({ origin, ...options }) => createGroqProvider({ baseURL: `${origin}/openai/v1`, ...options }),
  wire: GROQ_WIRE,
};
