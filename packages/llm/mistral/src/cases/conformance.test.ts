import { providerConformance } from '@drydock/llm/conformance';
import { MISTRAL } from './conformance.fixture.js';

providerConformance(MISTRAL);
