export type { Answer } from './answer.js';
export type { HeldRequest, RequestMatch } from './faults.js';
export { FakeTypesense, type FakeTypesenseOptions } from './server.js';
