export type { HeldRequest, RequestMatch } from '@drydock/storage/testing';
export { FakeRedis, type FakeRedisOptions } from './server.js';
