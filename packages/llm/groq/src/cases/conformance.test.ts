import { providerConformance } from '@drydock/llm/conformance';
import { GROQ } from './subject.fixture.js';

providerConformance(GROQ);
