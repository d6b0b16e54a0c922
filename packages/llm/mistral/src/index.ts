export { MISTRAL_MODELS } from './models.js';
export type { MistralOptions } from './options.js';
export { createMistralProvider } from './provider.js';
export type { MistralRequestOptions } from './request-options.js';
