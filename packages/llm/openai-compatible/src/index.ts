export { OPENAI_COMPATIBLE_MODELS } from './models.js';
export type { OpenAICompatibleOptions, ServerDialect } from './options.js';
export { createOpenAICompatibleProvider } from './provider.js';
export type { OpenAICompatibleRequestOptions } from './request-options.js';
