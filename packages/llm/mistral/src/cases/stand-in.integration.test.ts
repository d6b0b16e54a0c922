// @module-tag loopback
import { standInConformance } from '@drydock/llm/conformance';
import { createMistralProvider } from '../provider.js';

standInConformance(createMistralProvider);
