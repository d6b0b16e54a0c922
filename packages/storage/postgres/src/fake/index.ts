export type { HeldRequest, RequestMatch } from '@drydock/storage/testing';
export type { PlantedError } from './messages.js';
export { FakePostgres, type FakePostgresOptions } from './server.js';
