export type { Answer, DropMoment, HeldRequest, RequestMatch } from '@drydock/storage/testing';
export { FakeTypesense, type FakeTypesenseOptions } from './server.js';
