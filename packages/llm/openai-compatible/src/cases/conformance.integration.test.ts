// @module-tag loopback
import { providerConformance } from '@drydock/llm/conformance';
import { startScriptedServer } from '@drydock/llm/wire';
import { describe } from 'vitest';
import { OPENAI_COMPATIBLE } from './conformance.fixture.js';

describe.each([
  ['HTTP', false],
  ['TLS', true],
])('over %s', (_, tls) => {
  providerConformance(OPENAI_COMPATIBLE, { play: (script) => startScriptedServer(script, { tls }) });
});
