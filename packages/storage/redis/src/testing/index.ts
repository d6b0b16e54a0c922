export { type FakeFault, FakeRedis, type FakeRedisOptions } from './fake-redis.js';
