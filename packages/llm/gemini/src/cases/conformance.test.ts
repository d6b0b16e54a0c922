import { providerConformance } from '@drydock/llm/conformance';
import { GEMINI } from './subject.fixture.js';

providerConformance(GEMINI);
