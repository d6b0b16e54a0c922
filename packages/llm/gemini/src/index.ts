export { GEMINI_MODELS } from './models.js';
export type { GeminiOptions } from './options.js';
export { createGeminiProvider } from './provider.js';
export type { GeminiGenerationConfig, GeminiRequestOptions } from './request-options.js';
