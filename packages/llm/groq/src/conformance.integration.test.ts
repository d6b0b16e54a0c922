import { providerConformance } from '@drydock/llm/conformance';
import { startScriptedServer } from '@drydock/llm/wire';
import { describe } from 'vitest';
import { GROQ } from './subject.fixture.js';

describe('over HTTP', () => {
  providerConformance(GROQ, { play: (script) => startScriptedServer(script) });
});

describe('over TLS', () => {
  providerConformance(GROQ, { play: (script) => startScriptedServer(script, { tls: true }) });
});
