export type { Answer, DropMoment, HeldRequest, RequestMatch } from '@drydock/storage/testing';
export { FakeQdrant, type FakeQdrantOptions } from './server.js';
