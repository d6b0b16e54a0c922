export type { HeldRequest, RequestMatch } from '@drydock/storage/testing';
export type { PlantedReply, WireError } from './messages.js';
export { FakeNeo4j, type FakeNeo4jOptions } from './server.js';
