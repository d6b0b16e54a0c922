import { providerConformance } from '@drydock/llm/conformance';
import { GROQ } from './conformance.fixture.js';

providerConformance(GROQ);
