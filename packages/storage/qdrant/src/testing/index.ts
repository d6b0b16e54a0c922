export type { Answer } from './answer.js';
export type { HeldRequest, RequestMatch } from './faults.js';
export { FakeQdrant, type FakeQdrantOptions } from './server.js';
