import { providerConformance } from '@drydock/llm/conformance';
import { GEMINI } from './conformance.fixture.js';

providerConformance(GEMINI);
