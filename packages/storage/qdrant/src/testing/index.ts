export type { Answer, HeldRequest, RequestMatch } from './faults.js';
export { FakeQdrant, type FakeQdrantOptions } from './server.js';
