import type { ProviderSubject } from '@drydock/llm/conformance';
import { createMistralProvider } from '../provider.js';
import { MISTRAL_WIRE } from './wire.fixture.js';

/** Mistral before the cases that all providers share. */
export const MISTRAL: ProviderSubject = {
  name: 'mistral',
  capabilities: { embed: true, countTokens: false, nativeSchema: true },
  // The base URL stays Mistral's own: other servers are spoken to in another way.
  create: ({ origin, fetch, ...options }) =>
    createMistralProvider({
      ...options,
      fetch: (input, init) => fetch(atOrigin(input as Request, origin), init),
    }),
  wire: MISTRAL_WIRE,
};

function atOrigin(request: Request, origin: string): Request {
  const { pathname, search } = new URL(request.url);
  return new Request(origin + pathname + search, request);
}
