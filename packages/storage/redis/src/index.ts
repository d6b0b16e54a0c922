export { createRedisAdapter, type RedisAdapter } from './adapter.js';
export type { RedisConfig } from './config.js';
export type { RedisQuery } from './search/search.js';
