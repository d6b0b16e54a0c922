// @module-tag loopback
import { standInConformance } from '@drydock/llm/conformance';
import { createGroqProvider } from '../provider.js';

standInConformance(createGroqProvider);
