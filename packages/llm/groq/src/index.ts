export { GROQ_MODELS, type GroqModelData } from './models.js';
export type { GroqOptions } from './options.js';
export { createGroqProvider } from './provider.js';
export type { GroqRequestOptions } from './request-options.js';
