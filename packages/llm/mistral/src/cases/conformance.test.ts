import { providerConformance } from '@drydock/llm/conformance';
import { MISTRAL } from './subject.fixture.js';

providerConformance(MISTRAL);
