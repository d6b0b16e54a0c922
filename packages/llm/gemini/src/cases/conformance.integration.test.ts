import { providerConformance } from '@drydock/llm/conformance';
import { startScriptedServer } from '@drydock/llm/wire';
import { describe } from 'vitest';
import { GEMINI } from './conformance.fixture.js';

describe('over TCP', { tags: ['loopback'] }, () => {
  providerConformance(GEMINI, { play: (script) => startScriptedServer(script) });
});

describe('over TLS', { tags: ['loopback'] }, () => {
  providerConformance(GEMINI, { play: (script) => startScriptedServer(script, { tls: true }) });
});
