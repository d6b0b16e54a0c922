import { providerConformance } from '@drydock/llm/conformance';
import { OPENAI_COMPATIBLE } from './conformance.fixture.js';

providerConformance(OPENAI_COMPATIBLE);
