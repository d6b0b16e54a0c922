export { GEMINI_MODELS } from './models.js';
export { createGeminiProvider } from './provider.js';
export type { GeminiOptions } from './provider-options.js';
