export { type FakeFault, FakeRedis, type FakeRedisOptions } from './server.js';
