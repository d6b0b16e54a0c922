export type { ConnectionFault, StatementMatch, WireError } from './faults.js';
export { MemoryNeo4j, type MemoryNeo4jOptions, type RequestCounts } from './server.js';
