export type { Answer, HeldRequest, RequestMatch } from '@drydock/storage/testing';
export { FakeTypesense, type FakeTypesenseOptions } from './server.js';
