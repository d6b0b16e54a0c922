// @module-tag loopback
import { standInConformance } from '@drydock/llm/conformance';
import { createOpenAICompatibleProvider } from '../provider.js';

standInConformance(createOpenAICompatibleProvider);
