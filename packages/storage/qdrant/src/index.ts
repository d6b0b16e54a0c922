export { createQdrantAdapter, type QdrantAdapter } from './adapter.js';
export type { QdrantRecord } from './codec.js';
export type { Distance, PayloadIndex, QdrantConfig, VectorOptions } from './config.js';
export type { QdrantFilter, QdrantItem, QdrantQuery } from './search/query.js';
