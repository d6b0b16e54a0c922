export { GROQ_MODELS, type GroqModelData } from './models.js';
export { createGroqProvider } from './provider.js';
export type { GroqOptions } from './provider-options.js';
