export { createNeo4jAdapter, type Neo4jAdapter } from './adapter.js';
export type { BoltStream, DriverConfig, Neo4jConfig } from './config.js';
export type { Entity, Found, GraphRecord, Relationship } from './record.js';
export type {
  Direction,
  EntityQuery,
  NeighbourQuery,
  Neo4jQuery,
  PathQuery,
  PropertyCondition,
  RelationshipQuery,
} from './search/query.js';
